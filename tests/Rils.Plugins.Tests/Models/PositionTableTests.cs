using Rils.Layers;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Positions of one grid that are fitted to another.</summary>
public sealed class PositionTableTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory, Trait("Category", "Golden")]
    [MemberData(nameof(GoldenCases.Of), "finetune-optimizers", MemberType = typeof(GoldenCases))]
    public void Another_grid_is_interpolated_as_the_authors_of_MAE_do(string folder)
    {
        var golden = new GoldenCase(folder);
        var (inputs, outputs) = (golden.Read("inputs"), golden.Read("outputs"));
        foreach (var pair in golden.Json.GetProperty("positions").EnumerateArray())
        {
            var (from, to) = (pair[0].GetInt32(), pair[1].GetInt32());
            var fitted = PositionTable.Fit(inputs[$"positions.{from}to{to}.in"], new(to, to));
            GoldenAssert.Close(outputs[$"positions.{from}to{to}.out"], fitted, 1e-5, $"{from} to {to}");
        }
    }

    /// <summary>The cubic kernel with a = -0.75, written out: each place of the new grid is a weighted mean of 4 x 4
    /// old ones, and the border repeats.</summary>
    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 4)]
    public void It_is_the_cubic_kernel(int from, int to)
    {
        var table = rand(1, 1 + from * from, 2);
        var fitted = PositionTable.Fit(table, new(to, to));
        Assert.True(table[0][0].Equals(fitted[0][0]));
        var old = table[0].narrow(0, 1, from * from).view(from, from, 2).to(ScalarType.Float64);
        for (var place = 0; place < to * to; place++)
        {
            var (sum, row, column) = (zeros(2, ScalarType.Float64), Source(place / to), Source(place % to));
            for (var i = -1; i <= 2; i++)
                for (var j = -1; j <= 2; j++)
                    sum += Kernel(row - Math.Floor(row) - i) * Kernel(column - Math.Floor(column) - j)
                        * old[Inside(row, i)][Inside(column, j)];
            GoldenAssert.Close(sum, fitted[0][1 + place], 1e-5, $"place {place}");
        }

        double Source(int place) => (place + 0.5) * from / to - 0.5;
        int Inside(double place, int step) => Math.Clamp((int)Math.Floor(place) + step, 0, from - 1);
    }

    static double Kernel(double distance)
    {
        const double A = -0.75;
        var x = Math.Abs(distance);
        return x <= 1 ? (A + 2) * x * x * x - (A + 3) * x * x + 1
            : x < 2 ? A * (x * x * x - 5 * x * x + 8 * x - 4) : 0;
    }

    [Fact]
    public void The_same_grid_keeps_its_bits_and_no_square_is_refused()
    {
        var table = rand(17, 6);
        Assert.True(table.unsqueeze(0).Equals(PositionTable.Fit(table, new(4, 4))));
        Assert.Equal("15 positions fill no square of patches",
            Assert.Throws<ArgumentException>(() => PositionTable.Fit(rand(1, 16, 6), new(4, 4))).Message);
    }
}
