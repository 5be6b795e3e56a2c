using System.Runtime.InteropServices;
using System.Text;

namespace Rils.Contract;

/// <summary>A place in the tree of random streams. All randomness of a run is drawn from such streams, so that it
/// depends on names and numbers only.</summary>
/// <remarks>The generator is counter-based (Philox4x32-10, Salmon et al. 2011): a draw is a function of the stream's
/// key and the draw's number. Two forks with different labels are independent; draws from one stream change no
/// other.</remarks>
public readonly record struct RandomStream
{
    readonly ulong key;

    RandomStream(ulong key) => this.key = key;

    /// <summary>Makes the root of the tree of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The stream; the same for the same seed on every machine.</returns>
    public static RandomStream Root(long seed) => new(Philox.Mix(0x52494C53, (ulong)seed, 0));

    /// <summary>Gives the stream of a name below this one.</summary>
    /// <param name="name">The name: of a slot, a parameter, a sample's key.</param>
    /// <returns>The stream; the same for the same name.</returns>
    public RandomStream Fork(string name)
    {
        var state = Philox.Mix(key, (ulong)name.Length, 1);
        foreach (var word in Words(name)) state = Philox.Mix(state, word, 1);
        return new(state);
    }

    /// <summary>Gives the stream of a number below this one.</summary>
    /// <param name="number">The number: of a step, an epoch, a sample's place in the batch.</param>
    /// <returns>The stream; the same for the same number.</returns>
    public RandomStream Fork(long number) => new(Philox.Mix(key, (ulong)number, 2));

    /// <summary>Starts to draw from this stream.</summary>
    /// <returns>A sequence at the stream's first draw; each call gives the same draws again.</returns>
    public RandomSequence Draw() => new(key);

    /// <summary>Makes a seed for another library's random generator.</summary>
    /// <returns>A number in 0 to 2^63 - 1; the same for the same stream.</returns>
    public long Seed() => (long)(Philox.Mix(key, 0, 3) >> 1);

    static IEnumerable<ulong> Words(string name)
    {
        var bytes = new byte[(Encoding.UTF8.GetByteCount(name) + 7) / 8 * 8];
        Encoding.UTF8.GetBytes(name, bytes);
        return MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
    }
}
