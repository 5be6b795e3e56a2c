namespace Rils.Engine.Plugins;

/// <summary>Gathers problems, so that all plugins' are told together.</summary>
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
