using Rils.Configuration.Settings;

namespace Rils.Tests.Engine.Experiments;

public class PeriodTests
{
    [Theory]
    [InlineData("500", 500, PeriodUnit.Steps)]
    [InlineData("500 steps", 500, PeriodUnit.Steps)]
    [InlineData("1 step", 1, PeriodUnit.Steps)]
    [InlineData("1 epoch", 1, PeriodUnit.Epochs)]
    [InlineData(" 3  epochs ", 3, PeriodUnit.Epochs)]
    [InlineData("10 minutes", 10, PeriodUnit.Minutes)]
    [InlineData("1 minute", 1, PeriodUnit.Minutes)]
    public void Reads(string text, long count, PeriodUnit unit)
    {
        Assert.Equal(new Period(count, unit), Period.Parse(text));
        Assert.Equal(new Period(count, unit), Period.Parse(Period.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0 epochs")]
    [InlineData("1.5 epochs")]
    [InlineData("epoch")]
    [InlineData("2 weeks")]
    [InlineData("1 epoch or so")]
    [InlineData("99999999999999999999")]
    public void Refuses(string text) => Assert.False(Period.TryParse(text, out _));

    [Fact]
    public void The_message_lists_the_forms()
    {
        var error = Assert.Throws<FormatException>(() => Period.Parse("often"));
        Assert.Equal("\"often\" is no period: write 500 (steps), \"500 steps\", \"2 epochs\" or \"10 minutes\"",
            error.Message);
    }
}
