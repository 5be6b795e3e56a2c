namespace Rils.Contract;

/// <summary>Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").</summary>
static class Philox
{
    const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    const int Rounds = 10;

    public static void Block(ulong key, ulong counter, Span<uint> output) => Block(key, counter, 0, output);

    /// <summary>Hashes a key, a word and a domain into 64 bits; forks of a stream use it.</summary>
    public static ulong Mix(ulong key, ulong word, ulong domain)
    {
        Span<uint> output = stackalloc uint[4];
        Block(key, word, domain | 1UL << 63, output);
        return output[0] | (ulong)output[1] << 32;
    }

    internal static void Block(ulong key, ulong low, ulong high, Span<uint> output)
    {
        var (c0, c1, c2, c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1,
                (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        (output[0], output[1], output[2], output[3]) = (c0, c1, c2, c3);
    }
}
