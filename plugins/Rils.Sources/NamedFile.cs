namespace Rils.Sources;

/// <summary>A file of the data.</summary>
/// <param name="Name">Unique among the files of the data, and the same wherever the data lies: the file's name, after
/// as many of its folders as it takes.</param>
/// <param name="Path">The absolute path.</param>
public sealed record NamedFile(string Name, string Path);
