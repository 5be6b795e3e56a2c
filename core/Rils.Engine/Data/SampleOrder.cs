using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>Says which sample stands at which place: a seeded permutation per epoch, so that the step alone is the
/// position in the data.</summary>
sealed class SampleOrder(RandomStream random, int samples, long stepsPerEpoch, int batch) : IShared
{
    const int Attempts = 100;

    readonly RandomStream order = random.Fork("order"), replace = random.Fork("replace");
    long epoch = -1;
    int[] permutation = [];

    /// <summary>The samples of a step, in the order of the batch.</summary>
    public ReadOnlySpan<int> Of(long step)
    {
        if (step / stepsPerEpoch != epoch)
        {
            epoch = step / stepsPerEpoch;
            permutation = order.Fork(epoch).Draw().Permutation(samples);
        }
        return permutation.AsSpan((int)(step % stepsPerEpoch) * batch, batch);
    }

    /// <summary>The samples that replace bad ones at a place of a batch; they depend on the place and the attempt
    /// alone.</summary>
    public IEnumerable<int> Replacements(long step, int place)
    {
        var stream = replace.Fork(step).Fork(place);
        return Enumerable.Range(0, Attempts).Select(attempt => stream.Fork(attempt).Draw().NextInt32(samples));
    }
}
