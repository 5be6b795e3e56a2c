using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The source of all randomness of a run.</summary>
/// <param name="Root">The stream of the experiment's seed; fork it by names and numbers.</param>
public sealed record Seed(RandomStream Root) : IShared
{
    /// <summary>Gives the stream from which the parameters of a slot are drawn. All arms get the same stream, so that
    /// equal components start with equal parameters.</summary>
    /// <param name="slot">The slot's name: <c>backbone</c>.</param>
    /// <returns>The stream <c>init</c>, then <paramref name="slot"/>, below <see cref="Root"/>.</returns>
    public RandomStream Initialization(string slot) => Root.Fork("init").Fork(slot);
}
