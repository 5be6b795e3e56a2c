[assembly: RequiresPlugin("Rils.Sources", "0.1")]

namespace Rils.ImageFiles;

/// <summary>Brings <c>[data] kind = "folder"</c>, <c>"table"</c> and <c>"coco"</c>.</summary>
public sealed class ImageFilesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Source<FolderOptions, FolderSource>("folder")
        .Source<TableOptions, TableSource>("table")
        .Source<CocoOptions, CocoSource>("coco");
}
