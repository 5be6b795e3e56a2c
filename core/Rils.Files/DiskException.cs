namespace Rils.Files;

/// <summary>A file was written, and the system could not bring it to the disk: no mistake of the input. The message
/// names the file.</summary>
public sealed class DiskException(string message) : IOException(message);
