namespace Rils.Tests.Golden;

public sealed class GoldenCasesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-golden-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact, Trait("Category", "Golden")]
    public void Every_directory_of_the_environment_holds_a_case()
    {
        var named = Environment.GetEnvironmentVariable("RILS_GOLDEN") ?? "";
        Assert.All(GoldenCases.Split(named), root => Assert.NotEmpty(GoldenCases.Find(root)));
    }

    [Fact]
    public void A_directory_without_a_case_fails_by_name()
    {
        Assert.Contains(folder, Assert.Throws<InvalidOperationException>(() => GoldenCases.Find(folder)).Message);
        var missing = Path.Combine(folder, "missing");
        Assert.Contains(missing, Assert.Throws<InvalidOperationException>(() => GoldenCases.Find(missing)).Message);
    }

    [Fact]
    public void A_directory_is_a_case_or_holds_cases_at_any_depth()
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "a", "b")).FullName;
        File.WriteAllText(Path.Combine(own, "case.json"), """{ "kind": "rils" }""");
        Assert.Equal([("rils", own)], GoldenCases.Find(folder));
        Assert.Equal([("rils", own)], GoldenCases.Find(own));
        File.WriteAllText(Path.Combine(own, "case.json"), """{ "kind": "of another project" }""");
        Assert.Throws<InvalidOperationException>(() => GoldenCases.Find(folder));
    }

    [Fact]
    public void Directories_are_separated_by_colons_and_relative_to_the_repository()
    {
        Assert.Equal(["/a/b", Path.Combine(Repository.Root, "c")], GoldenCases.Split("/a/b/::c"));
        Assert.Empty(GoldenCases.Split(""));
    }
}
