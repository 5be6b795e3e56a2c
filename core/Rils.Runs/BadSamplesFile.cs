using Rils.Files;

namespace Rils.Runs;

/// <summary><c>bad-samples.jsonl</c>: a line for each sample that a seed's run could not use, in the order in which it met them.</summary>
/// <remarks>There is none while there are none. Checkpoints hold the same list, and a resumed run writes the file anew from there.</remarks>
sealed class BadSamplesFile
{
    /// <summary>Its name in the folder of a seed.</summary>
    public const string Name = "bad-samples.jsonl";

    readonly string path;
    readonly List<BadSample> written;

    /// <summary>Begins the file of a seed.</summary>
    /// <param name="folder">The seed's.</param>
    /// <param name="earlier">What the last checkpoint has.</param>
    public BadSamplesFile(string folder, IReadOnlyList<BadSample> earlier)
    {
        (path, written) = (Path.Combine(folder, Name), [.. earlier]);
        File.Delete(path);
        Append(earlier);
    }

    /// <summary>To the disk, before a seed's outcome says that the list is whole.</summary>
    /// <exception cref="DiskException">The disk did not keep it.</exception>
    public void Flush()
    {
        if (File.Exists(path)) Disk.Flush(path);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>All lines of the file.</summary>
    public IReadOnlyList<BadSample> Written => written;

    public void Write(IReadOnlyList<BadSample> found)
    {
        written.AddRange(found);
        Append(found);
    }

    /// <summary>What a seed's folder has; a line that is damaged is passed over.</summary>
    public static IEnumerable<BadSample> Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        return File.Exists(path) ? File.ReadLines(path).Select(RunJson.TryRead<BadSample>).OfType<BadSample>() : [];
    }

    void Append(IReadOnlyList<BadSample> lines)
    {
        if (lines.Count > 0) FileLimit.Watch(path, () => File.AppendAllLines(path, lines.Select(RunJson.Line)));
    }
}
