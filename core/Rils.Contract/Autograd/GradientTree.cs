using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Adds the parts' gradients in a fixed binary tree, since sums in the order in which cores finish would
/// differ between runs. The core that brings the second of a pair adds the pair. The last pair is left for
/// <see cref="Total"/>, which all cores call for different gradients.</summary>
/// <param name="parts">The number of parts that bring gradients, at least 2.</param>
/// <param name="threads">The number of cores that bring them.</param>
sealed class GradientTree(int parts, int threads) : IDisposable
{
    /// <summary>The largest number of parts' gradients, or of sums of several parts', in memory at a time.</summary>
    readonly int most = threads + BitOperations.Log2((uint)parts - 1) + 1;

    readonly object gate = new();
    readonly Dictionary<(int Nodes, int Number), Tensor?[]> waiting = [];
    int begun, live;
    bool hasFailed;

    /// <summary>Collects a part's gradients once there is room for them, and adds them.</summary>
    /// <param name="part">The part's number, from 0.</param>
    /// <param name="collect">Computes the gradients, in no dispose scope; null for an input or parameter that got
    /// none.</param>
    public void Add(int part, Func<Tensor?[]> collect)
    {
        Begin(part);
        try
        {
            Add(part, collect());
        }
        catch
        {
            lock (gate)
            {
                hasFailed = true; // no one needs the sum any more, so no part waits for room
                Monitor.PulseAll(gate);
            }
            throw;
        }
    }

    /// <summary>Lets parts begin in their order. Otherwise a later part could take the last room and wait for an
    /// earlier part, which waits for room.</summary>
    void Begin(int part)
    {
        lock (gate)
        {
            while (!hasFailed && (begun < part || live == most)) Monitor.Wait(gate);
            begun++;
            live++;
            Monitor.PulseAll(gate);
        }
    }

    void Add(int part, Tensor?[] gradients)
    {
        var (nodes, number) = (parts, part);
        while (nodes > 2)
        {
            if ((number ^ 1) < nodes)
            {
                if (Sibling(nodes, number, gradients) is not { } sibling) return;
                gradients = number % 2 == 0 ? Sum(gradients, sibling) : Sum(sibling, gradients);
                Leave();
            }
            (nodes, number) = ((nodes + 1) / 2, number / 2);
        }
        lock (gate) waiting[(nodes, number)] = gradients;
    }

    /// <summary>Adds up one gradient over all parts; null where no part has one.</summary>
    /// <param name="number">The number of the input or parameter.</param>
    public Tensor? Total(int number) => Sum(waiting[(2, 0)][number], waiting[(2, 1)][number]);

    /// <summary>Disposes the gradients.</summary>
    public void Dispose()
    {
        foreach (var gradient in waiting.Values.SelectMany(gradients => gradients)) gradient?.Dispose();
    }

    void Leave()
    {
        lock (gate)
        {
            live--;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Takes the gradients of the other node of the pair; null where they are not there yet: then these are
    /// kept for that node.</summary>
    Tensor?[]? Sibling(int nodes, int number, Tensor?[] gradients)
    {
        lock (gate)
        {
            if (waiting.Remove((nodes, number ^ 1), out var sibling)) return sibling;
            waiting.Add((nodes, number), gradients);
            return null;
        }
    }

    static Tensor?[] Sum(Tensor?[] left, Tensor?[] right) => [.. left.Zip(right, Sum)];

    /// <summary>Adds two gradients in single precision and disposes both handles. A sparse gradient can be added to a
    /// dense one, not the other way round. The numbers of neither change, since autograd may have given one tensor to
    /// two parameters.</summary>
    public static Tensor? Sum(Tensor? left, Tensor? right)
    {
        if (left is null || right is null) return left ?? right;
        var (into, added) = left.is_sparse && !right.is_sparse ? (right, left) : (left, right);
        using var scope = NewDisposeScope();
        var sum = into.is_sparse ? SparseRows.Sum(into, added)
            : into.dtype == ScalarType.Float32 ? into.Plus(added)
            : into.to(ScalarType.Float32).add_(added, Constant.Of(1));
        into.Dispose();
        added.Dispose();
        return sum.DetachFromDisposeScope();
    }
}
