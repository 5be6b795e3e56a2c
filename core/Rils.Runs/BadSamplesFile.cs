using Rils.Files;

namespace Rils.Runs;

/// <summary><c>bad-samples.jsonl</c>: a line for each sample that a seed's run could not use, in the order in which the
/// run met them.</summary>
/// <remarks>Without such samples there is no file. Checkpoints hold the same list, and a resumed run writes the file
/// anew from there.</remarks>
sealed class BadSamplesFile
{
    /// <summary>The file's name in the folder of a seed.</summary>
    public const string Name = "bad-samples.jsonl";

    readonly string path;
    readonly List<BadSample> written;

    /// <summary>Begins the file of a seed.</summary>
    /// <param name="folder">The folder of the seed.</param>
    /// <param name="earlier">The samples that the last checkpoint lists.</param>
    public BadSamplesFile(string folder, IReadOnlyList<BadSample> earlier)
    {
        (path, written) = (Path.Combine(folder, Name), [.. earlier]);
        File.Delete(path);
        Append(earlier);
    }

    /// <summary>Brings the list to the disk, before the seed's outcome says that the list is whole.</summary>
    /// <exception cref="DiskException">The disk did not keep the list.</exception>
    public void Flush()
    {
        if (File.Exists(path)) Disk.Flush(path);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The samples in the file.</summary>
    public IReadOnlyList<BadSample> Written => written;

    public void Write(IReadOnlyList<BadSample> found)
    {
        written.AddRange(found);
        Append(found);
    }

    /// <summary>Reads the list of a seed's folder; a damaged line is passed over.</summary>
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
