using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>Says which sample stands at which place: a seeded order per epoch, so that the step alone is the position
/// in the data.</summary>
/// <param name="random">The stream of the seed.</param>
/// <param name="samples">Number of samples.</param>
/// <param name="stepsPerEpoch">Number of full batches in an epoch.</param>
/// <param name="batch">Samples per step.</param>
/// <param name="blocks">The blocks by which samples are shuffled; null to mix all.</param>
sealed class SampleOrder(
    RandomStream random, int samples, long stepsPerEpoch, int batch, ShuffleSettings? blocks = null) : IShared
{
    /// <summary>A list of more samples takes more memory and time than each place's own computation.</summary>
    const int Large = 1 << 20;

    const int Attempts = 100;

    readonly RandomStream order = random.Fork("order"), replace = random.Fork("replace");
    long epoch = -1;
    IEpochOrder positions = null!;

    /// <summary>The samples of a step, in the order of the batch.</summary>
    public ReadOnlySpan<int> Of(long step)
    {
        if (step / stepsPerEpoch != epoch)
        {
            epoch = step / stepsPerEpoch;
            var stream = order.Fork(epoch);
            positions = blocks is not null ? new BlockOrder(stream, samples, blocks)
                : samples > Large ? new LargeOrder(stream, samples) : new FullOrder(stream, samples);
        }
        return positions.Slice((int)(step % stepsPerEpoch) * batch, batch);
    }

    /// <summary>The samples that replace bad ones at a place of a batch; they depend on the place and the attempt
    /// alone.</summary>
    public IEnumerable<int> Replacements(long step, int place)
    {
        var stream = replace.Fork(step).Fork(place);
        return Enumerable.Range(0, Attempts).Select(attempt => stream.Fork(attempt).Draw().NextInt32(samples));
    }
}
