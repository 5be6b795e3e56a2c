using Rils.Engine.Bench;

namespace Rils.Tests.Engine.Bench;

public sealed class MedianTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(2, 9, 1, 2)]
    [InlineData(2.5, 4, 1, 100, 1)]
    public void Is_the_value_in_the_middle(double median, params double[] values) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void Nothing_has_none() => Assert.Throws<InvalidOperationException>(() => Median.Of([]));
}
