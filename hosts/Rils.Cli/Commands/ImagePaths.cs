using Rils.Cli.Exits;

namespace Rils.Cli.Commands;

/// <summary>Finds the image files that a command line names.</summary>
static class ImagePaths
{
    static readonly string[] endings = [".jpg", ".jpeg", ".png", ".webp"];

    static readonly EnumerationOptions listed = new() { MatchCasing = MatchCasing.CaseSensitive };

    /// <summary>Finds the files.</summary>
    /// <param name="given">Files; folders, for the images directly in them; patterns with * and ? in the name of a
    /// file.</param>
    /// <returns>The files in the order of the arguments; those of a folder or pattern in ordinal order.</returns>
    /// <exception cref="UsageException">A file or folder does not exist, or has no image.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> given) => [.. given.SelectMany(Find)];

    static IReadOnlyList<string> Find(string given)
    {
        if (File.Exists(given)) return [given];
        if (Directory.Exists(given)) return Matching(given, given, "*", IsImage);
        var (folder, name) = (Path.GetDirectoryName(given) ?? "", Path.GetFileName(given));
        if (name.IndexOfAny(['*', '?']) < 0)
            throw new UsageException($"IMAGE {given}: there is no such file or folder");
        return Matching(given, folder, name, static _ => true);
    }

    static IReadOnlyList<string> Matching(string given, string folder, string name, Predicate<string> takes)
    {
        var place = folder.Length == 0 ? "." : folder;
        string[] found = !Directory.Exists(place) ? []
            : [.. Directory.GetFiles(place, name, listed).Where(path => takes(path))
                .Select(path => Path.Combine(folder, Path.GetFileName(path))).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found
            : throw new UsageException($"IMAGE {given}: there is no image ({string.Join(", ", endings)})");
    }

    static bool IsImage(string path) => endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
