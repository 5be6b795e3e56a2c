using System.Globalization;

namespace Rils.Contract;

/// <summary>The number of files that the process may have open at once, as <c>ulimit -n</c> sets it.</summary>
public static class OpenFileLimit
{
    /// <summary>Reads the limit from Linux.</summary>
    /// <returns>The number of files; null where there is no limit, and on other systems.</returns>
    public static long? Current()
    {
        const string Limits = "/proc/self/limits", Name = "Max open files";
        var line = File.Exists(Limits)
            ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) : null;
        var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
