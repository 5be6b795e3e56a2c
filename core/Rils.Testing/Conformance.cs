using Rils.Contract;

namespace Rils.Testing;

/// <summary>Holds a plugin to the contract: each kind of a slot by the checks of that slot, and all kinds and systems
/// of an arm in training, by the engine itself.</summary>
/// <remarks>No test framework is needed: a failed check throws. The names of the checks that ran are in the report.
/// Calls on several threads wait for each other, since libtorch's generator is the process's.</remarks>
public static class Conformance
{
    static readonly Lock oneAtATime = new();

    /// <summary>Runs all checks that fit the plugin's kinds.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="given">Options records, each in place of the defaults of the kinds that take its type: small models
    /// are checked as well as large ones, and faster. Contexts (<see cref="SourceContext"/>, say), in place of the tiny
    /// ones. A source is checked only where its <see cref="SourceContext"/> is given; the plugin's arms and heads then
    /// read that source.</param>
    /// <returns>The checks that ran, and all that none could look at.</returns>
    /// <exception cref="ConformanceException">A check failed, or a kind cannot be made; the findings have all of
    /// them.</exception>
    public static ConformanceReport Check(IPlugin plugin, params IReadOnlyList<object> given)
    {
        lock (oneAtATime)
        {
            using var tested = PluginUnderTest.Of(plugin);
            return new ConformanceRun(tested, given).Report();
        }
    }
}
