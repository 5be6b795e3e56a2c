using System.Numerics;
using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Mixes all samples of data with millions of them, and holds no list: each place computes its sample. A
/// Feistel network permutes the numbers below a power of 4; a number beyond the samples goes through it
/// again.</summary>
sealed class LargeOrder : IEpochOrder
{
    const int Rounds = 8;

    readonly RandomStream[] rounds;
    readonly int samples, half;

    public LargeOrder(RandomStream stream, int samples)
    {
        rounds = [.. Enumerable.Range(0, Rounds).Select(round => stream.Fork(round))];
        this.samples = samples;
        half = (BitOperations.Log2((uint)(samples - 1)) + 2) / 2;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Slice(int start, int length)
    {
        var slice = new int[length];
        for (var i = 0; i < length; i++) slice[i] = At(start + i);
        return slice;
    }

    int At(int place)
    {
        var number = (uint)place;
        do number = Permute(number);
        while (number >= samples);
        return (int)number;
    }

    uint Permute(uint number)
    {
        var mask = (1u << half) - 1;
        var (left, right) = (number >> half, number & mask);
        foreach (var round in rounds) (left, right) = (right, left ^ ((uint)round.Fork(right).Seed() & mask));
        return left << half | right;
    }
}
