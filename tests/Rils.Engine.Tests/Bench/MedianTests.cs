using Rils.Engine.Bench;

namespace Rils.Tests.Engine.Bench;

public sealed class MedianTests
{
    [Fact]
    public void Is_the_value_in_the_middle_or_the_mean_of_two()
    {
        Assert.Equal(3, Median.Of([3]));
        Assert.Equal(2, Median.Of([9, 1, 2]));
        Assert.Equal(2.5, Median.Of([4, 1, 100, 1]));
    }

    [Fact]
    public void Nothing_has_none() => Assert.Throws<InvalidOperationException>(() => Median.Of([]));
}
