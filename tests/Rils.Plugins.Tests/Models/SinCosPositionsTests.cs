using Rils.Contract;
using Rils.Engine.WeightFiles;
using Rils.Layers;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

public sealed class SinCosPositionsTests
{
    [Theory, Trait("Category", "Golden"),
        MemberData(nameof(GoldenCases.Of), "positions", MemberType = typeof(GoldenCases))]
    public void Tables_are_the_authors(string folder)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, expected) in SafeTensors.Read(Path.Combine(folder, "sincos.safetensors")))
        {
            var (rows, width) = (expected.shape[0], (int)expected.shape[1]);
            var side = (int)Math.Sqrt(rows - 1);
            var table = SinCosPositions.Table(width, new(side, side));
            GoldenAssert.Close(expected, tensor(table, [rows, width]), 1e-12, name);
            var buffer = SinCosPositions.Buffer(width, new(side, side));
            Assert.Equal(ScalarType.Float32, buffer.dtype);
            Assert.True(expected.to(ScalarType.Float32).sub(buffer[0]).abs().max().item<float>()
                <= MathF.BitIncrement(1) - 1, name);
        }
    }

    [Fact]
    public void Columns_are_in_the_first_half_and_rows_in_the_second()
    {
        var table = SinCosPositions.Table(8, new PatchGrid(Rows: 2, Columns: 3));
        double[] PatchAt(int row, int column) => table.AsSpan((1 + row * 3 + column) * 8, 8).ToArray();
        Assert.Equal(PatchAt(0, 2)[..4], PatchAt(1, 2)[..4]);
        Assert.Equal(PatchAt(1, 0)[4..], PatchAt(1, 2)[4..]);
        Assert.Equal([Math.Sin(2), Math.Sin(0.02), Math.Cos(2), Math.Cos(0.02)], PatchAt(1, 2)[..4]);
        Assert.All(table[..8], value => Assert.Equal(0, value));
    }
}
