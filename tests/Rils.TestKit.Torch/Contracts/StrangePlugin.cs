using Rils.Contract;

namespace Rils.Tests.Contracts;

/// <summary>A stranger's plugin, which registers the parts that a test needs.</summary>
sealed class StrangePlugin(Action<IRilsBuilder> configure) : IPlugin
{
    public void Configure(IRilsBuilder rils) => configure(rils);

    /// <summary>Options without keys.</summary>
    public sealed record None;
}
