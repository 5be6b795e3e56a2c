using Rils.Tests.Golden;

namespace Rils.Tests.Cases;

/// <summary>Every folder of <c>tests/cases</c> has a test that names it.</summary>
public sealed class AllCasesTests
{
    static readonly string folder = Path.Combine(Repository.Root, "tests", "cases"),
        handed = Path.Combine(Repository.Root, "..", "shared", "cases");

    static string[] In(string root) =>
        [.. Directory.GetDirectories(root).SelectMany(Directory.GetDirectories)
        .Select(name => Path.GetRelativePath(root, name)).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_test_names_each()
    {
        var tests = string.Join('\n',
            Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Rils.EndToEnd"), "*.cs",
            SearchOption.AllDirectories).Select(File.ReadAllText));
        var cases = In(folder);
        Assert.True(cases.Length > 40);
        Assert.DoesNotContain(cases, name => !tests.Contains(name));
    }

    [SkippableFact]
    public void All_that_were_handed_over_are_here()
    {
        Skip.IfNot(Directory.Exists(handed), "the handed cases are not there");
        Assert.Equal(In(handed), In(folder));
    }
}
