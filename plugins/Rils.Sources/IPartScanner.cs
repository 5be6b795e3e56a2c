namespace Rils.Sources;

/// <summary>Finds the samples of a file, for an index of many files. Several threads scan at once.</summary>
public interface IPartScanner
{
    /// <summary>Names the form of records and heap: the kind of source, a version, and the options on which they
    /// depend, as in <c>webdataset 4</c>. An index of another form is another file.</summary>
    string Form { get; }

    /// <summary>The length of a sample's record, in bytes.</summary>
    int RecordSize { get; }

    /// <summary>Tells the state of a file, by which a changed one is recognised.</summary>
    /// <param name="path">The absolute path.</param>
    /// <exception cref="IOException">There is no such file.</exception>
    FileState StateOf(string path) => FileState.Of(path);

    /// <summary>Tells which parts have other samples than when they were indexed, although their states are the same.
    /// By default small files are hashed again (<see cref="FileContent.Changed"/>).</summary>
    /// <param name="kept">The parts of the index.</param>
    /// <returns>The paths of the parts to index again.</returns>
    IReadOnlySet<string> Changed(IReadOnlyList<IndexedPart> kept) => FileContent.Changed(kept);

    /// <summary>Indexes a file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <returns>The samples, in their order; the index disposes it.</returns>
    /// <exception cref="InvalidDataException">The file is not of this kind, or is damaged; the message names
    /// it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    PartScan Scan(string path);
}
