namespace Rils.Configuration;

/// <summary>The place of the option that is being bound, for messages.</summary>
/// <param name="Key">The option's key.</param>
/// <param name="Where">The name of its table: <c>[masking]</c>.</param>
/// <param name="IsPath">Whether the option holds paths.</param>
/// <param name="Problems">The list that takes mistakes.</param>
/// <param name="Wraps">Binds a property that names a kind; null where options have none.</param>
readonly record struct OptionPlace(
    string Key, string Where, bool IsPath, Problems Problems, BindWrapped? Wraps = null)
{
    /// <summary>The word that the option takes beside paths, or in place of a table; null where there is
    /// none.</summary>
    public string? Word { get; init; }

    /// <summary>The name of the table of a nested record.</summary>
    public string Inside =>
        Where.StartsWith('[') && !Where.StartsWith("[[", StringComparison.Ordinal) && Where.EndsWith(']')
        ? $"{Where[..^1]}.{Key}]"
        : $"`{Key}` of {Where}";

    /// <summary>Reports: <c>`ratio` in [masking] must be a number, not the string "high"</c>.</summary>
    public void MustBe(string expected, TomlNode found) =>
        Problems.Add(found.Span, $"`{Key}` in {Where} must be {OptionProperty.Takes(expected, IsPath)}, not {found}");

    /// <summary>Reports: <c>`ratio` in [masking] is 1.5; allowed: 0 to 1</c>.</summary>
    public void Is(TomlNode found, string rule) =>
        Problems.Add(found.Span, $"`{Key}` in {Where} is {(found is ScalarNode scalar ? scalar.Text : found)}{rule}");
}
