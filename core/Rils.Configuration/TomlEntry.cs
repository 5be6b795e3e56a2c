namespace Rils.Configuration;

/// <summary>A key of a table with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeySpan">Where the key was written.</param>
/// <param name="Value">Its value.</param>
public readonly record struct TomlEntry(string Key, SourceSpan KeySpan, TomlNode Value);
