namespace Rils.Engine.Plugins;

/// <summary>Plugins cannot be used; the exception has every problem of each. The message is for the user, who needs no
/// stack trace.</summary>
public sealed class PluginException : Exception
{
    /// <summary>Makes the exception, whose message lists the problems.</summary>
    public PluginException(IReadOnlyList<PluginProblem> problems) : base(string.Join("\n", problems)) =>
        Problems = problems;

    /// <summary>The problems, in an order that does not depend on the order of the roots.</summary>
    public IReadOnlyList<PluginProblem> Problems { get; }
}
