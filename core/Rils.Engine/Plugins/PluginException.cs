namespace Rils.Engine.Plugins;

/// <summary>Plugins that cannot be used, with every problem of every one of them. A user's mistake: print the message, not the trace.</summary>
public sealed class PluginException : Exception
{
    /// <summary>Makes the exception; its message is the list.</summary>
    public PluginException(IReadOnlyList<PluginProblem> problems) : base(string.Join("\n", problems)) => Problems = problems;

    /// <summary>In a fixed order, whatever the order of the roots.</summary>
    public IReadOnlyList<PluginProblem> Problems { get; }
}
