using Rils.Sources;

namespace Rils.Tests.Plugins.Sources;

public sealed class BracesTests
{
    [Theory]
    [InlineData("a-{000..002}.tar", "a-000.tar a-001.tar a-002.tar")]
    [InlineData("a-{8..11}.tar", "a-8.tar a-9.tar a-10.tar a-11.tar")]
    [InlineData("a-{08..10}.tar", "a-08.tar a-09.tar a-10.tar")]
    [InlineData("a-{2..0}.tar", "a-2.tar a-1.tar a-0.tar")]
    [InlineData("{train,val}/{0..1}", "train/0 train/1 val/0 val/1")]
    [InlineData("{a,b{0..1}}", "a b0 a b1")]
    [InlineData("{a}/{..}-{a..c}-[01]", "{a}/{..}-{a..c}-[01]")]
    public void Numbers_and_names_make_patterns(string pattern, string expanded) =>
        Assert.Equal(expanded.Split(' '), Braces.Expand(pattern));

    [Fact]
    public void Too_many_numbers_are_refused_before_they_are_made() =>
        Assert.Contains("makes 1000000000 files",
            Assert.Throws<ArgumentException>(() => Braces.Expand("a-{0..999999999}.tar").ToArray()).Message);
}
