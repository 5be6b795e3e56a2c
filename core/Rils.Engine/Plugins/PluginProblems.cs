namespace Rils.Engine.Plugins;

/// <summary>Collects the problems of all plugins, to report them together.</summary>
sealed class PluginProblems
{
    readonly List<PluginProblem> all = [];

    public int Count => all.Count;

    public void Add(string what, string where, string fix) => all.Add(new(what, where, fix));

    public void ThrowIfAny()
    {
        if (all.Count > 0) throw new PluginException([.. all]);
    }
}
