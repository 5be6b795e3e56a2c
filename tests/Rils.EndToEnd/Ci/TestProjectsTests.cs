using Rils.Tests.Golden;

namespace Rils.Tests.Ci;

/// <summary>Every test lies in a project that <c>dotnet test</c> runs.</summary>
public sealed class TestProjectsTests
{
    [Fact]
    public void Every_test_is_in_a_project_that_dotnet_test_runs()
    {
        var tests = Path.Combine(Repository.Root, "tests");
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "RilsFramework.sln"));
        string[] folders = [.. Directory.GetFiles(tests, "*Tests.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(tests, path).Split(Path.DirectorySeparatorChar)[0]).Distinct()];
        Assert.True(folders.Length >= 10);
        Assert.All(folders, name => Assert.Contains($@"tests\{name}\{name}.csproj", solution));
        // Directory.Solution.targets runs the projects with these names.
        Assert.All(folders, name => Assert.True(name.EndsWith(".Tests") || name == "Rils.EndToEnd", name));
    }
}
