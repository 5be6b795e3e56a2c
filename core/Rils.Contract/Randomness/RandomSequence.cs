namespace Rils.Contract;

/// <summary>Draws of one <see cref="RandomStream"/>, one after the other.</summary>
public sealed class RandomSequence
{
    readonly ulong key;
    readonly uint[] block = new uint[4];
    ulong counter;
    int used = 4;

    internal RandomSequence(ulong key) => this.key = key;

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (used == 4)
        {
            Philox.Block(key, counter++, block);
            used = 0;
        }
        return block[used++];
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (((ulong)NextUInt32() << 21) ^ (NextUInt32() >> 11)) * (1.0 / (1L << 53));

    /// <summary>Uniform in [0, <paramref name="bound"/>), without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var refused = uint.MaxValue - (uint)((1UL << 32) % (ulong)bound);
        uint draw;
        do draw = NextUInt32(); while (draw > refused);
        return (int)(draw % (uint)bound);
    }

    /// <summary>Standard normal (Box and Muller 1958), two draws of 53 bits each.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Fills with uniform numbers in [0, 1).</summary>
    public void FillUniform(Span<float> values)
    {
        foreach (ref var value in values) value = NextSingle();
    }

    /// <summary>A seeded permutation of 0 to <paramref name="count"/>, exclusive (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
