using Rils.Files;

namespace Rils.Engine.Datasets.Packing;

/// <summary>The folder of packed shards, held for one process. A shard lies there whole or not at all, and
/// <c>pack.json</c> says which are finished.</summary>
public sealed class PackFolder : IDisposable
{
    const string RecordFile = "pack.json", BadFile = "bad-samples.jsonl", ClassesFile = "classes.json";
    const string Lock = ".pack.lock";

    readonly FolderHold hold;

    PackFolder(string path, FolderHold hold, PackRecord record) =>
        (Path, this.hold, Record) = (path, hold, record);

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    internal PackRecord Record { get; private set; }

    /// <summary>The path of the list of samples that were left out.</summary>
    public string BadSamples => In(BadFile);

    /// <summary>The path of the list of the classes' names.</summary>
    public string Classes => In(ClassesFile);

    /// <summary>Opens a new or empty folder, or one that was begun with the same data and plan.</summary>
    /// <exception cref="IOException">The folder holds other files, was begun with something else, is in use, or cannot
    /// be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static PackFolder Open(string path, OpenedData data, PackPlan plan)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new IOException($"{path} is a file: name a folder, which may be new");
        Make(path, full);
        if (!File.Exists(System.IO.Path.Combine(full, RecordFile))
            && Directory.EnumerateFileSystemEntries(full).Select(System.IO.Path.GetFileName)
                .FirstOrDefault(name => name != Lock && !Leftovers.Is($"/{name}")) is { } other)
            throw new IOException($"{path} holds other files ({other}): name a new or an empty folder");
        var hold = new FolderHold(full, Lock);
        try
        {
            Leftovers.Remove(full, isDeep: false);
            var origin = PackOrigin.Of(data, plan);
            var folder = new PackFolder(full, hold, Read(path, System.IO.Path.Combine(full, RecordFile), origin)
                ?? new(PackRecord.Current, origin, data.Patterns, [], [], IsComplete: false));
            folder.Write(folder.Record);
            return folder;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    static void Make(string path, string full)
    {
        try
        {
            DurableFile.MakeFolders(full);
        }
        catch (Exception unmade) when (unmade is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be made: {unmade.Message}", unmade);
        }
    }

    /// <summary>Reads the record of a folder that was begun before; null for a new one.</summary>
    static PackRecord? Read(string path, string file, PackOrigin now)
    {
        if (!File.Exists(file)) return null;
        if (RunJson.TryRead<PackRecord>(File.ReadAllText(file)) is not { Version: PackRecord.Current } record)
            throw new IOException($"{file} is damaged or of another version: name a new folder");
        if (record.Origin.Against(now) is { Count: > 0 } differences)
            throw new IOException($"{path} was begun with something else: {string.Join("; ", differences)}. "
                + "Name a new folder, or delete this one");
        foreach (var shard in record.Train.Concat(record.Val))
            if (new FileInfo(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, shard.Name)) is var there
                && (!there.Exists || there.Length != shard.Bytes))
                throw new IOException($"{there.FullName} is {(there.Exists ? "another file" : "gone")} since it was "
                    + "packed: name a new folder, or delete this one");
        return record;
    }

    /// <summary>The path of a file in the folder.</summary>
    internal string In(string name) => System.IO.Path.Combine(Path, name);

    internal void Write(PackRecord record)
    {
        DurableFile.WriteText(In(RecordFile), RunJson.Write(record));
        Record = record;
    }

    /// <summary>Reads the bad samples before a number; an interrupted command may have met later ones, which this one
    /// meets again.</summary>
    internal List<BadRead> BadBefore(int next) => !File.Exists(BadSamples) ? []
        : [.. File.ReadLines(BadSamples).Select(RunJson.TryRead<BadRead>).OfType<BadRead>()
            .Where(bad => bad.Index < next)];

    internal void WriteBad(IReadOnlyList<BadRead> bad)
    {
        if (bad.Count > 0)
            DurableFile.WriteText(BadSamples, string.Concat(bad.Select(one => $"{RunJson.Line(one)}\n")));
        else if (File.Exists(BadSamples)) File.Delete(BadSamples);
    }

    /// <summary>Writes the classes in the form that the head <c>zero-shot</c> reads: a name and a phrase for each
    /// number.</summary>
    internal void WriteClasses(IReadOnlyList<string> names) => DurableFile.WriteText(Classes, RunJson.Write(
        names.Select(name => new { Name = name, Phrase = name.Replace('_', ' ').Trim() })));

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();
}
