namespace Rils.Engine.Plugins;

/// <summary>A reason why a plugin cannot be used.</summary>
/// <param name="What">The problem, with the name of the plugin.</param>
/// <param name="Where">The file or folder that has the problem.</param>
/// <param name="Fix">The change that solves the problem.</param>
public sealed record PluginProblem(string What, string Where, string Fix)
{
    /// <summary>Three lines: what, where, fix.</summary>
    public override string ToString() => $"{What}\n  where: {Where}\n  fix:   {Fix}";
}
