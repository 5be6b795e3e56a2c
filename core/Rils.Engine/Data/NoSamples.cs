using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Stands for the training data of a trained arm where the data is not at hand: evaluations read none of
/// it.</summary>
sealed class NoSamples : ISource
{
    public int Count => 0;

    public IReadOnlyList<Type> Components => [];

    public Sample Read(int index, IReadOnlySet<Type> wanted) =>
        throw new InvalidOperationException("the training data is not at hand");

    public IReadOnlyList<SourceShard> Shards() => [];

    public void Dispose()
    {
    }
}
