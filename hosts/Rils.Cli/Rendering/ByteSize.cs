using System.Globalization;
using System.Text.RegularExpressions;

namespace Rils.Cli.Rendering;

/// <summary>Sizes of files as people write them: <c>500MB</c>, <c>1.5GB</c>, <c>4096</c>.</summary>
static partial class ByteSize
{
    static readonly string[] units = ["", "k", "M", "G", "T"];

    /// <summary>Reads a size in bytes; a prefix counts thousands. Null for text that is no size of at least a byte, or
    /// is too large.</summary>
    public static long? Read(string text)
    {
        if (Form().Match(text.Trim()) is not { Success: true } form) return null;
        var power = Array.FindIndex(
            units, unit => unit.Equals(form.Groups[2].Value, StringComparison.OrdinalIgnoreCase));
        var bytes = double.Parse(form.Groups[1].Value, CultureInfo.InvariantCulture) * Math.Pow(1000, power);
        return bytes is >= 1 and < 1e16 ? (long)bytes : null;
    }

    /// <summary>Writes a size with three digits: <c>12.3 MB</c>.</summary>
    public static string Show(long bytes)
    {
        var text = Numbers.Short(bytes);
        return text.Contains(' ') ? $"{text}B" : $"{text} B";
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*([kKmMgGtT]?)[bB]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
