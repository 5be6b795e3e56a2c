using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The keys of samples whose images are files.</summary>
static class SampleKey
{
    /// <summary>The path of the image without its ending, after the name of the part where the data has
    /// several.</summary>
    /// <param name="parts">The parts of the data.</param>
    /// <param name="part">The number of the sample's part.</param>
    /// <param name="file">The path of the image as the part names it.</param>
    public static string Of(IReadOnlyList<IndexedPart> parts, int part, string file)
    {
        var key = Of(file);
        return parts.Count > 1 ? $"{parts[part].Name}/{key}" : key;
    }

    /// <summary>The path of an image without its ending.</summary>
    public static string Of(string file) => Path.HasExtension(file) ? file[..^Path.GetExtension(file).Length] : file;
}
