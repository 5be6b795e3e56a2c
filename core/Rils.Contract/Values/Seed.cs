using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>Where all randomness of the run comes from.</summary>
/// <param name="Root">The stream of the experiment's seed.</param>
public sealed record Seed(RandomStream Root) : IShared
{
    /// <summary>The stream that a slot's parameters are drawn from: the same for every arm, so that like components start alike.</summary>
    public RandomStream Initialization(string slot) => Root.Fork("init").Fork(slot);
}
