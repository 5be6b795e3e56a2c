using CsCheck;
using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

public class NearestTests
{
    [Theory]
    [InlineData("raito", "ratio")]
    [InlineData("mask_raito", "ratio")]
    [InlineData("temperature", "student_temperature")]
    [InlineData("studentTemperature", "student_temperature")]
    [InlineData("student-temperature", "student_temperature")]
    [InlineData("Ratio", "ratio")]
    [InlineData("wieght", "weight")]
    [InlineData("dpeth", "depth")]
    [InlineData("maxdepth", "depth")]
    [InlineData("st", "student_temperature")]
    [InlineData("s", null)]
    [InlineData("zebra", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Finds_what_was_meant(string given, string? expected) =>
        Assert.Equal(expected, Nearest.Name(given, ["ratio", "student_temperature", "weight", "depth", "wd"]));

    [Theory]
    [InlineData("csv", "table")]
    [InlineData("tsv", "table")]
    [InlineData("tar", "webdataset")]
    [InlineData("ImageNet", "folder")]
    [InlineData("imagefolder", "folder")]
    public void Names_of_other_programs_lead_to_kinds_of_data(string given, string expected) =>
        Assert.Equal(expected, Nearest.Name(given, ["coco", "folder", "parquet", "table", "webdataset"]));

    [Fact]
    public void Nothing_is_near_where_nothing_is_known() => Assert.Null(Nearest.Name("ratio", []));

    [Fact]
    public void The_nearest_wins() => Assert.Equal("warm", Nearest.Name("warn", ["wart_on", "warms", "warm"]));

    [Fact]
    public void Very_long_names_are_near_nothing() =>
        Assert.Null(Nearest.Name(string.Join('_', Enumerable.Repeat("a", 9999)), ["ratio"]));

    [Theory]
    [InlineData("ca", "ac", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)] // the distance is restricted: no edit within a swapped pair
    [InlineData("", "abc", 3)]
    public void Distance_counts_edits(string a, string b, int expected) =>
        Assert.Equal(expected, Nearest.Distance(a, b));

    [Fact]
    public void Distance_is_symmetric_and_zero_only_for_equals() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8]).Sample((a, b) =>
            Nearest.Distance(a, b) == Nearest.Distance(b, a)
            && (Nearest.Distance(a, b) == 0) == (a == b)
            && Nearest.Distance(a, b) <= Math.Max(a.Length, b.Length));
}
