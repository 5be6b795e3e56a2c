using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Adds the parts' gradients in a fixed binary tree, each pair by the core that brings the second of it: sums
/// in the order in which cores come through would not be the same in another run. The last pair is left for
/// <see cref="Total"/>, which all cores do together.</summary>
/// <param name="parts">How many parts bring gradients, at least 2.</param>
/// <param name="threads">Cores that bring them.</param>
sealed class GradientTree(int parts, int threads) : IDisposable
{
    /// <summary>So many parts' gradients, or sums of several parts', may be there at a time.</summary>
    readonly int most = threads + BitOperations.Log2((uint)parts - 1) + 1;

    readonly object gate = new();
    readonly Dictionary<(int Nodes, int Number), Tensor?[]> waiting = [];
    int begun, live;
    bool hasFailed;

    /// <summary>Collects a part's gradients once there is room for them.</summary>
    /// <param name="part">Its number.</param>
    /// <param name="collect">Gives them, in no scope; null for an input or parameter that got none.</param>
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
                hasFailed = true; // nobody wants the sum any more, and all parts may end
                Monitor.PulseAll(gate);
            }
            throw;
        }
    }

    /// <summary>Lets parts begin in their order: a later one that took the last room could wait for an earlier one,
    /// and that one for room.</summary>
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

    /// <summary>The sum over all parts; null where no part has one.</summary>
    /// <param name="number">Of the input or parameter.</param>
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

    /// <summary>The gradients to add these to; null where they are not there yet, and these wait for them.</summary>
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

    /// <summary>In single precision; takes both. A sparse gradient can be added to a dense one, not the other way
    /// round. Neither is changed: autograd may have handed out one tensor for two parameters.</summary>
    public static Tensor? Sum(Tensor? left, Tensor? right)
    {
        if (left is null || right is null) return left ?? right;
        var (into, added) = left.is_sparse && !right.is_sparse ? (right, left) : (left, right);
        using var scope = NewDisposeScope();
        var sum = into.is_sparse ? SparseRows.Sum(into, added)
            : into.dtype == ScalarType.Float32 ? into + added : into.to(ScalarType.Float32).add_(added);
        into.Dispose();
        added.Dispose();
        return sum.DetachFromDisposeScope();
    }
}
