namespace Rils.Files;

/// <summary>A folder with all that is below it.</summary>
public static class FolderTree
{
    /// <summary>The files in a folder and below it; links are followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Their paths, each beginning with <paramref name="folder"/>.</returns>
    /// <exception cref="IOException">A link leads back to a folder that it lies in, so that the way down never ends; or
    /// a folder cannot be read.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        List<string> found = [];
        Walk(folder, Path.GetFullPath(folder), [], found);
        return found;
    }

    /// <param name="shown">The folder by the way that leads to it.</param>
    /// <param name="real">The same folder, links on the way replaced by what they lead to.</param>
    /// <param name="above">The folders that it lies in, from the uppermost one.</param>
    /// <param name="found">Gets the files.</param>
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
