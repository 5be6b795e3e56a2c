using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds the images of a folder and of all folders in it, in the order of `tar --sort=name`: each folder's
/// names in ordinal order, a folder in its name's place.</summary>
/// <param name="root">The absolute path of the folder.</param>
/// <param name="note">Takes a thing that is no image.</param>
sealed class FolderWalk(string root, Action<FolderOddity, string> note)
{
    readonly HashSet<string> visited = new(StringComparer.Ordinal);
    readonly List<FileState> folders = [];

    /// <summary>The folders that were read, each with its time.</summary>
    public IReadOnlyList<FileState> Folders => folders;

    /// <summary>The paths of the images, from the root.</summary>
    /// <exception cref="InvalidDataException">A folder cannot be read, or two images have one key.</exception>
    public IEnumerable<string> Images() => Within(new DirectoryInfo(root), "");

    IEnumerable<string> Within(DirectoryInfo folder, string prefix)
    {
        var real = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
        if (!visited.Add(real))
        {
            note(FolderOddity.Circle, prefix);
            yield break;
        }
        folders.Add(StateOf(folder.FullName));
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Entries(folder))
        {
            if (entry is DirectoryInfo below)
            {
                foreach (var image in Within(below, $"{prefix}{entry.Name}/")) yield return image;
                continue;
            }
            if (!IsImage(entry, prefix)) continue;
            var key = Path.GetFileNameWithoutExtension(entry.Name);
            if (!keys.TryAdd(key, entry.Name))
                throw new InvalidDataException($"two samples of {root} have one key, `{prefix}{key}`: the files "
                    + $"`{prefix}{keys[key]}` and `{prefix}{entry.Name}`. Rename one of them, or take it away");
            yield return $"{prefix}{entry.Name}";
        }
    }

    /// <summary>The state of a folder: its time, which changes when a file comes or goes.</summary>
    public static FileState StateOf(string folder) => new(folder, 0, Directory.GetLastWriteTimeUtc(folder).Ticks);

    static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.'))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"the folder {folder.FullName} cannot be read: {problem.Message}", problem);
        }
    }

    bool IsImage(FileSystemInfo entry, string prefix)
    {
        if (ImageFile.IsNamed(entry.Name))
        {
            // The sign stands for bytes that are no UTF-8, so that the name leads to no file.
            if (!entry.Name.Contains('\uFFFD') || File.Exists(entry.FullName)) return true;
            note(FolderOddity.NotUtf8, prefix + entry.Name);
        }
        else if (!IsExpected(entry.Name)) note(FolderOddity.NoImage, prefix + entry.Name);
        return false;
    }

    /// <summary>Whether a file belongs to images, or is known to lie beside them.</summary>
    static bool IsExpected(string name) => name is "Thumbs.db" or "desktop.ini"
        || Path.GetExtension(name).ToLowerInvariant() is ".txt" or ".csv" or ".tsv" or ".json" or ".jsonl" or ".md";
}
