using Rils.Configuration.Settings;
using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Draws an order of the blocks, takes a window of them at a time, and mixes the samples of the window. In
/// memory are the order of the blocks and one window.</summary>
sealed class BlockOrder : IEpochOrder
{
    readonly RandomStream windows;
    readonly int samples, block;
    readonly int[][] blocksOf;
    readonly int[] starts;
    int window = -1;
    int[] mixed = [];

    public BlockOrder(RandomStream stream, int samples, ShuffleSettings shuffle)
    {
        (windows, this.samples, block) = (stream.Fork("window"), samples, shuffle.Block);
        var blocks = (int)(((long)samples + block - 1) / block);
        blocksOf = [.. stream.Draw().Permutation(blocks).Chunk(shuffle.Window)];
        starts = new int[blocksOf.Length];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + blocksOf[i - 1].Sum(SizeOf);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Slice(int start, int length)
    {
        var slice = new int[length];
        for (var done = 0; done < length;)
        {
            var number = Array.BinarySearch(starts, start + done) is >= 0 and var exact ? exact
                : ~Array.BinarySearch(starts, start + done) - 1;
            var rest = Mixed(number).AsSpan(start + done - starts[number]);
            var piece = rest[..Math.Min(rest.Length, length - done)];
            piece.CopyTo(slice.AsSpan(done));
            done += piece.Length;
        }
        return slice;
    }

    int[] Mixed(int number)
    {
        if (number == window) return mixed;
        int[] inOrder =
            [.. blocksOf[number].SelectMany(one => Enumerable.Range(one * block, SizeOf(one)))];
        mixed = [.. windows.Fork(number).Draw().Permutation(inOrder.Length).Select(place => inOrder[place])];
        window = number;
        return mixed;
    }

    /// <summary>The number of samples in a block; the last one may be shorter.</summary>
    int SizeOf(int one) => (int)Math.Min(block, samples - (long)one * block);
}
