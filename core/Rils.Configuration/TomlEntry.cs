namespace Rils.Configuration;

/// <summary>A key of a table with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeySpan">The place of the key.</param>
/// <param name="Value">The value.</param>
public readonly record struct TomlEntry(string Key, SourceSpan KeySpan, TomlNode Value);
