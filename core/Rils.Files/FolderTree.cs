namespace Rils.Files;

/// <summary>Lists the files of a folder and of all folders below it.</summary>
public static class FolderTree
{
    /// <summary>Lists the files in a folder and below it; links are followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The files' paths, each beginning with <paramref name="folder"/>.</returns>
    /// <exception cref="IOException">A link leads back to a folder above it, so that the walk would never end; or a
    /// folder cannot be read.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        List<string> found = [];
        Walk(folder, Path.GetFullPath(folder), [], found);
        return found;
    }

    /// <param name="shown">The folder's path as the caller sees it, with links.</param>
    /// <param name="real">The same path with every link replaced by its target.</param>
    /// <param name="above">The real paths of the folders above, from the uppermost one.</param>
    /// <param name="found">The list to which the method adds files.</param>
    static void Walk(string shown, string real, IReadOnlyList<string> above, List<string> found)
    {
        found.AddRange(Directory.GetFiles(real).Select(file => Path.Combine(shown, Path.GetFileName(file))));
        foreach (var below in Directory.GetDirectories(real))
        {
            var there = Directory.ResolveLinkTarget(below, returnFinalTarget: true) is { } target
                ? Path.TrimEndingDirectorySeparator(target.FullName) : below;
            if (there == real || above.Contains(there))
                throw new IOException($"{below} is a link back to {there}, which it lies in: remove the link");
            Walk(Path.Combine(shown, Path.GetFileName(below)), there, [.. above, real], found);
        }
    }
}
