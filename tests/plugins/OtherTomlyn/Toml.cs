namespace Tomlyn;

/// <summary>A type that the host's Tomlyn does not have in this form.</summary>
public static class Toml
{
    /// <summary>The name that tells which Tomlyn answers.</summary>
    public static string KindOfMine() => "private-tomlyn";
}
