using System.Text.RegularExpressions;
using Rils.Files;

namespace Rils.Runs.Gallery;

/// <summary><c>gallery/gallery.json</c> in an arm's folder: pictures of the arm's last training step, each in a PNG
/// file beside it.</summary>
/// <param name="Version">The version of the file's form.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Columns">The kinds of pictures of each image.</param>
/// <param name="Rows">The images; empty where the arm selected no image in that step.</param>
/// <param name="Problems">Why pictures are missing.</param>
public sealed partial record ArmGallery(
    int Version, long Step, IReadOnlyList<GalleryColumn> Columns, IReadOnlyList<GalleryRow> Rows,
    IReadOnlyList<string> Problems)
{
    /// <summary>The pictures' folder in the folder of an arm.</summary>
    public const string Folder = "gallery";

    internal const string Name = "gallery.json";

    internal const int Current = 1;

    /// <summary>Reads the file; null where it is missing, damaged, or of another version.</summary>
    public static ArmGallery? TryRead(string armFolder)
    {
        var file = Path.Combine(armFolder, Folder, Name);
        return File.Exists(file) && RunJson.TryRead<ArmGallery>(File.ReadAllText(file)) is { Version: Current } gallery
            && gallery.IsSound() ? gallery : null;
    }

    /// <summary>The bytes of a picture; null where its file is missing.</summary>
    public static byte[]? Picture(string armFolder, string file)
    {
        var path = Path.Combine(armFolder, Folder, file);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    bool IsSound() =>
        Columns.All(column => column is not null) && Rows.All(row => row is not null && row.Files.Count == Columns.Count
            && row.Files.All(file => file is not null && file == Path.GetFileName(file))
            && row.Legend.All(entry => entry is not null && (entry.Colour is null || Colour().IsMatch(entry.Colour))));

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex Colour();
}
