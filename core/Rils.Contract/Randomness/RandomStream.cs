using System.Runtime.InteropServices;
using System.Text;

namespace Rils.Contract;

/// <summary>A place in the tree of random streams: all that is random is drawn from one, so it depends on names and numbers only.</summary>
/// <remarks>Counter-based (Philox4x32-10, Salmon et al. 2011): a draw is a function of the stream's key and the draw's number.
/// Two forks with different labels are independent; drawing from one moves no other.</remarks>
public readonly record struct RandomStream
{
    readonly ulong key;

    RandomStream(ulong key) => this.key = key;

    /// <summary>The root of a seed.</summary>
    public static RandomStream Root(long seed) => new(Philox.Mix(0x52494C53, (ulong)seed, 0));

    /// <summary>The stream of a name below this one.</summary>
    public RandomStream Fork(string name)
    {
        var state = Philox.Mix(key, (ulong)name.Length, 1);
        foreach (var word in Words(name)) state = Philox.Mix(state, word, 1);
        return new(state);
    }

    /// <summary>The stream of a number below this one: a step, an epoch, a sample's place.</summary>
    public RandomStream Fork(long number) => new(Philox.Mix(key, (ulong)number, 2));

    /// <summary>Starts to draw from this stream; every call starts at its first draw.</summary>
    public RandomSequence Draw() => new(key);

    /// <summary>A 63-bit seed for a generator of somebody else's.</summary>
    public long Seed() => (long)(Philox.Mix(key, 0, 3) >> 1);

    static IEnumerable<ulong> Words(string name)
    {
        var bytes = new byte[(Encoding.UTF8.GetByteCount(name) + 7) / 8 * 8];
        Encoding.UTF8.GetBytes(name, bytes);
        return MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
    }
}
