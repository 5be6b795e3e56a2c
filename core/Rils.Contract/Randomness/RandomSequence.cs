namespace Rils.Contract;

/// <summary>Draws random numbers from one <see cref="RandomStream"/>, one after the other. Not for several threads at
/// once.</summary>
public sealed class RandomSequence
{
    readonly ulong key;
    readonly uint[] block = new uint[4];
    ulong counter;
    int used = 4;

    internal RandomSequence(ulong key) => this.key = key;

    /// <summary>Draws 32 random bits.</summary>
    /// <returns>Uniform in 0 to 2^32 - 1.</returns>
    public uint NextUInt32()
    {
        if (used == 4)
        {
            Philox.Block(key, counter++, block);
            used = 0;
        }
        return block[used++];
    }

    /// <summary>Draws a number in single precision; takes one draw of 32 bits.</summary>
    /// <returns>Uniform in [0, 1), a multiple of 2^-24.</returns>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Draws a number in double precision; takes two draws of 32 bits.</summary>
    /// <returns>Uniform in [0, 1), a multiple of 2^-53.</returns>
    public double NextDouble() => (((ulong)NextUInt32() << 21) ^ (NextUInt32() >> 11)) * (1.0 / (1L << 53));

    /// <summary>Draws an integer without bias; draws again where a draw of 32 bits would favour small
    /// numbers.</summary>
    /// <param name="bound">One past the largest number, at least 1.</param>
    /// <returns>Uniform in 0 to <paramref name="bound"/>, exclusive.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var refused = uint.MaxValue - (uint)((1UL << 32) % (ulong)bound);
        uint draw;
        do draw = NextUInt32(); while (draw > refused);
        return (int)(draw % (uint)bound);
    }

    /// <summary>Draws from the standard normal distribution (Box and Muller 1958); takes two draws of 53
    /// bits.</summary>
    /// <returns>A number with mean 0 and standard deviation 1.</returns>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Fills an array with uniform numbers.</summary>
    /// <param name="values">Receives numbers in [0, 1), one draw of <see cref="NextSingle"/> each.</param>
    public void FillUniform(Span<float> values)
    {
        foreach (ref var value in values) value = NextSingle();
    }

    /// <summary>Draws a permutation (Fisher and Yates).</summary>
    /// <param name="count">How many numbers to permute, at least 0.</param>
    /// <returns>The numbers from 0 to <paramref name="count"/>, exclusive, each once, in random order.</returns>
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
