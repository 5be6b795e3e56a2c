using Rils.Contract;

namespace Rils.Tests.Abstractions;

public sealed class PhiloxTests
{
    /// <summary>Known answers of Random123's philox4x32-10 (kat_vectors).</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue,
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(0x299f31d0a4093822UL, 0x85a308d3243f6a88UL, 0x0370734413198a2eUL,
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Block_is_the_published_function(ulong key, ulong low, ulong high, uint[] expected)
    {
        var output = new uint[4];
        Philox.Block(key, low, high, output);
        Assert.Equal(expected, output);
    }
}
