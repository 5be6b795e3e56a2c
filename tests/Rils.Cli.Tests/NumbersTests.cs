using Rils.Analysis;
using Rils.Cli.Rendering;

namespace Rils.Tests.Cli;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(999.6, "1.00 k")]
    [InlineData(12_345, "12.3 k")]
    [InlineData(2_312_000_000, "2.31 G")]
    [InlineData(999_600_000, "1.00 G")]
    public void Large_numbers_have_three_digits_and_a_prefix(double value, string text) =>
        Assert.Equal(text, Numbers.Short(value));

    [Theory]
    [InlineData(0.4, "0s")]
    [InlineData(59.6, "1m00s")]
    [InlineData(185, "3m05s")]
    [InlineData(7620, "2h07m")]
    public void Durations_have_two_units(double seconds, string text) =>
        Assert.Equal(text, Numbers.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(784, "784")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(double.NaN, "NaN")]
    public void Metrics_have_four_digits_and_counts_all(double value, string text) =>
        Assert.Equal(text, Figures.Metric(value));
}
