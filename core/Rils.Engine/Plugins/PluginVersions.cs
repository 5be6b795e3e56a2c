using System.Diagnostics.CodeAnalysis;
using NuGet.Versioning;

namespace Rils.Engine.Plugins;

/// <summary>Versions of plugins and ranges of versions, in NuGet's notation.</summary>
static class PluginVersions
{
    /// <summary>The end of a message about a text that is no range.</summary>
    public const string Notation =
        "\"1.2\" is 1.2 or later, \"[1.2,2.0)\" is 1.2 to below 2.0, \"[1.2]\" is 1.2 alone";

    /// <summary>Reads a range; false for a text that is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionRange? range) =>
        VersionRange.TryParse(text, allowFloating: false, out range);

    /// <summary>Whether a plugin's version lies in a range. A version that is not in NuGet's notation lies in
    /// none.</summary>
    public static bool Holds(VersionRange range, string version) =>
        NuGetVersion.TryParse(version, out var own) && range.Satisfies(own);
}
