namespace Rils.Files;

/// <summary>The system could not bring a written file to the disk, which is no mistake of the input. The message names
/// the file.</summary>
public sealed class DiskException(string message) : IOException(message);
