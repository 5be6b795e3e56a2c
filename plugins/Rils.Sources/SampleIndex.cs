using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Rils.Sources;

/// <summary>The index of the samples of many files, kept in one file that is mapped into memory: a record of a few
/// bytes for each sample, wherever the data has millions of them.</summary>
/// <remarks>The file is a cache: where a start finds it damaged or of another form it is made again, files that have
/// changed are scanned again, and where it cannot be written every start makes it in memory. Blocks of a large file are
/// checked when they are first read.</remarks>
public sealed class SampleIndex : IDisposable
{
    static readonly TimeSpan toldEvery = TimeSpan.FromSeconds(10);

    readonly SealedBytes bytes;
    readonly int[] starts;

    SampleIndex(IReadOnlyList<NamedFile> files, IReadOnlyList<PartEntry> entries, SealedBytes bytes, int recordSize,
        int scanned)
    {
        (this.bytes, Scanned) = (bytes, scanned);
        Parts = [.. files.Zip(entries, (file, entry) => new IndexedPart(file.Name, entry, bytes, recordSize))];
        starts = new int[Parts.Count];
        for (var i = 0; i < starts.Length; i++) (starts[i], Count) = (Count, checked(Count + Parts[i].Count));
    }

    /// <summary>The parts, in the order of the files.</summary>
    public IReadOnlyList<IndexedPart> Parts { get; }

    /// <summary>Number of samples in all parts.</summary>
    public int Count { get; }

    /// <summary>How many files were scanned because the cache did not have them.</summary>
    public int Scanned { get; }

    /// <summary>Opens the index of some files; scans the files that it does not have yet, on all cores.</summary>
    /// <param name="cacheFolder">The folder that keeps the index; it is made where it does not exist.</param>
    /// <param name="files">The files, in the order in which samples are numbered.</param>
    /// <param name="scanner">Scans a file.</param>
    /// <param name="logger">Tells the progress of a long scan; null to be silent.</param>
    /// <exception cref="InvalidDataException">Some file cannot be read; the message has the first reason.</exception>
    public static SampleIndex Open(
        string cacheFolder, IReadOnlyList<NamedFile> files, IPartScanner scanner, ILogger? logger = null)
    {
        var path = PathOf(cacheFolder, files, scanner);
        var kept = IndexFile.Read(path, scanner);
        try
        {
            return Open(path, files, scanner, kept, logger);
        }
        catch (Exception) when (kept?.Bytes.IsDamaged is true)
        {
            kept.Bytes.Dispose();
            return Open(path, files, scanner, null, logger);
        }
    }

    static SampleIndex Open(
        string path, IReadOnlyList<NamedFile> files, IPartScanner scanner, IndexFile? kept, ILogger? logger)
    {
        var known = kept is null ? [] : Unchanged(kept, scanner);
        if (kept is not null && known.Count == kept.Entries.Count
            && kept.Entries.Select(entry => entry.State.Path).SequenceEqual(files.Select(file => file.Path)))
            return new(files, kept.Entries, kept.Bytes, scanner.RecordSize, scanned: 0);
        using (kept?.Bytes)
        {
            try
            {
                using var target = IndexTarget.Open(path);
                return Make(target, files, scanner, known, kept, logger);
            }
            catch (IOException)
            {
                // The disk may be full. Without the file the next start scans again; nothing else is lost.
                using var memory = new IndexTarget();
                return Make(memory, files, scanner, known, kept, logger);
            }
        }
    }

    /// <summary>Finds a sample.</summary>
    /// <param name="index">The sample's number in all parts, from 0.</param>
    /// <returns>The number of its part, and its number in that part.</returns>
    public (int Part, int Sample) Find(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var at = Array.BinarySearch(starts, index);
        if (at < 0) at = ~at - 1;
        // A part without samples has the start of the next one.
        while (index - starts[at] >= Parts[at].Count) at++;
        return (at, index - starts[at]);
    }

    /// <inheritdoc/>
    public void Dispose() => bytes.Dispose();

    static string PathOf(string folder, IReadOnlyList<NamedFile> files, IPartScanner scanner)
    {
        var name = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => file.Path).Prepend(scanner.Form))));
        return Path.Combine(folder,
            $"{scanner.Form.Split(' ')[0]}-{Convert.ToHexStringLower(name.AsSpan(0, 8))}.index");
    }

    /// <summary>The entries whose files are as they were, by path.</summary>
    static Dictionary<string, PartEntry> Unchanged(IndexFile kept, IPartScanner scanner)
    {
        PartEntry[] same = [.. kept.Entries.AsParallel().AsOrdered().Where(entry => IsSame(entry.State, scanner))];
        var changed = scanner.Changed([.. same.Select(entry =>
            new IndexedPart(entry.State.Path, entry, kept.Bytes, scanner.RecordSize))]);
        return same.Where(entry => !changed.Contains(entry.State.Path))
            .ToDictionary(entry => entry.State.Path, StringComparer.Ordinal);
    }

    static bool IsSame(FileState state, IPartScanner scanner)
    {
        try
        {
            return scanner.StateOf(state.Path) == state;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The scan that follows reports the problem.
            return false;
        }
    }

    static SampleIndex Make(IndexTarget target, IReadOnlyList<NamedFile> files, IPartScanner scanner,
        Dictionary<string, PartEntry> known, IndexFile? kept, ILogger? logger)
    {
        using var writer = new IndexWriter(target.Stream, scanner);
        List<Exception> problems = [];
        var (scanned, told) = (0, DateTime.UtcNow);
        var scans = files.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(file => known.ContainsKey(file.Path) ? default : Scan(file.Path, scanner));
        foreach (var (file, scan) in files.Zip(scans))
        {
            if (known.TryGetValue(file.Path, out var entry)) writer.Add(entry, kept!.Bytes);
            else if (scan.Found is { } found) using (found) writer.Add(found);
            else problems.Add(scan.Problem!);
            scanned += known.ContainsKey(file.Path) ? 0 : 1;
            if (DateTime.UtcNow - told < toldEvery) continue;
            told = DateTime.UtcNow;
            logger?.LogInformation("indexing: {Done} of {Files} files, {Samples} samples so far",
                writer.Entries.Count + problems.Count, files.Count, writer.Samples);
        }
        Refuse(problems);
        var (length, hashes) = writer.Finish();
        return new(files, writer.Entries, target.Map(length, hashes), scanner.RecordSize, scanned);
    }

    static (PartScan? Found, Exception? Problem) Scan(string path, IPartScanner scanner)
    {
        try
        {
            return (scanner.Scan(path), null);
        }
        catch (Exception problem) when (problem
            is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return (null, problem);
        }
    }

    static void Refuse(IReadOnlyList<Exception> problems)
    {
        if (problems.Count == 0) return;
        var others = problems.Count > 1 ? $" (and {problems.Count - 1} more files cannot be read)" : "";
        throw new InvalidDataException(problems[0].Message + others, problems[0]);
    }
}
