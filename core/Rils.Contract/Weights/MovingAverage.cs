using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Weights that slowly follow others (Grill et al. 2020). The average takes one operation for
/// each run of parameters that lie side by side in the flat buffers of both.</summary>
public sealed class MovingAverage : IDisposable
{
    readonly (Tensor Average, Tensor Followed)[] runs;
    readonly (Tensor Own, Tensor Followed)[] buffers;

    /// <summary>Copies the followed weights' values. A parameter of <paramref name="average"/> that no group of the
    /// followed weights has never changes, so nothing follows it.</summary>
    /// <param name="average">The weights that get the average.</param>
    /// <param name="followed">The arm's weights.</param>
    /// <param name="prefix">The text before each name in <paramref name="followed"/>.</param>
    public MovingAverage(Weights average, Weights followed, string prefix)
    {
        using var constant = no_grad();
        foreach (var (name, values) in average.Parameters) values.copy_(followed.Parameters[prefix + name]);
        average.CastToBf16();
        buffers = [.. average.Buffers.Where(buffer => followed.Buffers.ContainsKey(prefix + buffer.Key))
            .Select(buffer => (buffer.Value, followed.Buffers[prefix + buffer.Key]))];
        FollowBuffers();
        runs = [.. average.Groups.SelectMany(mine => followed.Groups.SelectMany(other => Runs(mine, other, prefix)))];
    }

    /// <summary>Number of runs.</summary>
    internal int Count => runs.Length;

    /// <summary>Moves the average to momentum x average + (1 - momentum) x followed. Buffers are copied, as PyTorch's
    /// AveragedModel does: the statistics of a batch norm are averages already, and an average of its counts has no
    /// meaning.</summary>
    /// <param name="momentum">Share of the average that this step keeps, 0..1.</param>
    public void Follow(double momentum)
    {
        using var constant = no_grad();
        Scalar kept = momentum, taken = 1 - momentum;
        foreach (var (average, followed) in runs) average.mul_(kept).add_(followed, taken);
        GC.KeepAlive(kept);
        GC.KeepAlive(taken);
        FollowBuffers();
    }

    void FollowBuffers()
    {
        foreach (var (own, followed) in buffers) own.copy_(followed);
    }

    /// <summary>Disposes the views of the two weights, which stay.</summary>
    public void Dispose()
    {
        foreach (var (average, followed) in runs)
        {
            average.Dispose();
            followed.Dispose();
        }
    }

    static IEnumerable<(Tensor, Tensor)> Runs(ParameterGroup mine, ParameterGroup other, string prefix)
    {
        List<(long Start, long Other, long Length)> found = [];
        var starts = mine.Starts.OrderBy(start => start.Value).ToArray();
        foreach (var (place, (name, start)) in starts.Index())
        {
            if (!other.Starts.TryGetValue(prefix + name, out var at)) continue;
            var end = place + 1 < starts.Length ? starts[place + 1].Value : mine.Values.numel();
            if (found is [.., var last] && last.Start + last.Length == start && last.Other + last.Length == at)
                found[^1] = last with { Length = end - last.Start };
            else found.Add((start, at, end - start));
        }
        return found.Select(run => (Part(mine, run.Start, run.Length), Part(other, run.Other, run.Length)));
    }

    static Tensor Part(ParameterGroup group, long start, long length) =>
        group.Values.narrow(0, start, length).DetachFromDisposeScope();
}
