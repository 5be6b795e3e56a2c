using System.Text;
using System.Text.RegularExpressions;

namespace Rils.Configuration;

/// <summary>A <c>--set key=value</c> of the command line.</summary>
/// <param name="At">The argument, as a place.</param>
/// <param name="Path">The parts of the key.</param>
/// <param name="Value">The value.</param>
sealed partial record SetArgument(SourceSpan At, IReadOnlyList<string> Path, TomlNode Value)
{
    const string Example = "--set masking.ratio=0.6";

    /// <summary>Whether the argument gives a table its kind.</summary>
    public bool GivesKind => Path[^1] == "kind";

    /// <summary>The key, as the user wrote it.</summary>
    public string Key => string.Join('.', Path);

    /// <summary>Reads <c>key.key=value</c>; null after reporting what is wrong.</summary>
    /// <remarks>The value is TOML. A value that is not TOML and does not look like it is a string:
    /// <c>masking.kind=block</c>.</remarks>
    public static SetArgument? Parse(string argument, Problems problems)
    {
        var at = SourceSpan.Set(argument);
        var parts = argument.Split('=', 2);
        var key = parts[0].Trim();
        if (parts.Length < 2 || !KeyPattern().IsMatch(key))
        {
            problems.Add(
                at, parts.Length < 2 ? $"has no `=`: write {Example}" : $"\"{key}\" is not a key: write {Example}");
            return null;
        }
        var text = parts[1].Trim();
        var path = key.Split('.');
        if (argument.EnumerateRunes().Contains(Rune.ReplacementChar))
            problems.Add(at, "holds a character that is not valid UTF-8");
        else if (path[0] == "extends")
            problems.Add(at, "`extends` is a matter of the file: write another file, or set single keys");
        else if (text.Length == 0)
            problems.Add(at, $"has no value: write {Example}, or {key}='\"\"' for an empty string");
        else if (TomlText.ParseValue(text, at) is { } value)
            return new SetArgument(at, path, value);
        else if (text[0] is '"' or '\'' or '[' or '{')
            problems.Add(
                at, $"{text} is not a TOML value; lists are written [1, 2], and the shell may have taken the quotes");
        else
            return new SetArgument(at, path, new ScalarNode(at, text));
        return null;
    }

    [GeneratedRegex(@"^[\w+-]+(\.[\w+-]+)*\z")]
    private static partial Regex KeyPattern();
}
