namespace Rils.Engine.Plugins;

/// <summary>One reason for which a plugin cannot be used.</summary>
/// <param name="What">What is wrong, naming the plugin.</param>
/// <param name="Where">The file or folder that it is about.</param>
/// <param name="Fix">What to change.</param>
public sealed record PluginProblem(string What, string Where, string Fix)
{
    /// <summary>Three lines: what, where, fix.</summary>
    public override string ToString() => $"{What}\n  where: {Where}\n  fix:   {Fix}";
}
