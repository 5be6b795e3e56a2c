namespace Rils.Configuration;

/// <summary>The option that is being bound, for messages.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Where">Its table: <c>[masking]</c>.</param>
/// <param name="IsPath">Whether it holds paths.</param>
/// <param name="Problems">Where to report.</param>
readonly record struct OptionPlace(string Key, string Where, bool IsPath, Problems Problems)
{
    /// <summary>The table of a nested record.</summary>
    public string Inside => Where.StartsWith('[') && !Where.StartsWith("[[", StringComparison.Ordinal) && Where.EndsWith(']')
        ? $"{Where[..^1]}.{Key}]"
        : $"`{Key}` of {Where}";

    /// <summary>Reports: <c>`ratio` in [masking] must be a number, not the string "high"</c>.</summary>
    public void MustBe(string expected, TomlNode found) =>
        Problems.Add(found.Span, $"`{Key}` in {Where} must be {expected}, not {found}");

    /// <summary>Reports: <c>`ratio` in [masking] is 1.5; allowed: 0 to 1</c>.</summary>
    public void Is(TomlNode found, string rule) =>
        Problems.Add(found.Span, $"`{Key}` in {Where} is {(found is ScalarNode scalar ? scalar.Text : found)}{rule}");
}
