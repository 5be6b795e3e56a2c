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
    }

    [Fact]
    public void A_case_of_an_unknown_kind_fails_by_its_folder_and_kind()
    {
        File.WriteAllText(Path.Combine(folder, "case.json"), """{ "kind": "of another project" }""");
        var message = Assert.Throws<InvalidOperationException>(() => GoldenCases.Find(folder)).Message;
        Assert.Contains($"{folder}: case.json is of the kind 'of another project'", message);
    }

    public static TheoryData<string> Kinds => new(GoldenCases.Kinds);

    /// <summary>Nothing passes over a kind in silence: one that no test asks for is listed as skipped.</summary>
    [SkippableTheory, Trait("Category", "Golden"), MemberData(nameof(Kinds))]
    public void Some_test_asks_for_every_kind(string kind) =>
        Skip.IfNot(GoldenCases.Tested().Contains(kind), $"no test asks for golden cases of the kind {kind} yet");

    [Fact]
    public void Tests_ask_for_known_kinds_alone() => Assert.Empty(GoldenCases.Tested().Except(GoldenCases.Kinds));

    [Fact]
    public void Directories_are_separated_by_colons_and_relative_to_the_repository()
    {
        Assert.Equal(["/a/b", Path.Combine(Repository.Root, "c")], GoldenCases.Split("/a/b/::c"));
        Assert.Empty(GoldenCases.Split(""));
    }
}
