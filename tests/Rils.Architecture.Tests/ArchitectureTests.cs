using System.Text.RegularExpressions;

namespace Rils.Architecture.Tests;

/// <summary>References point one way, between assemblies and between the folders of one.</summary>
public sealed partial class ArchitectureTests
{
    internal static readonly string Root = RootAbove(AppContext.BaseDirectory);

    static readonly Lazy<FolderGraph> graph = new(() => new(Sources(), Libraries()));

    [Fact]
    public void Folders_form_no_cycle()
    {
        Assert.True(graph.Value.Mistakes.Count == 0, string.Join('\n', graph.Value.Mistakes));
        Assert.True(graph.Value.Folders.Count > 30);
        Assert.True(graph.Value.Cycles().Count == 0, string.Join('\n', graph.Value.Cycles()));
    }

    [Fact]
    public void Analysis_needs_no_training_code()
    {
        var below = graph.Value.Folders.Where(folder => AssemblyOf(folder) == "Rils.Analysis")
            .SelectMany(graph.Value.Below).Select(AssemblyOf).ToHashSet();
        Assert.Contains("Rils.Runs", below);
        Assert.DoesNotContain("Rils.Engine", below);
    }

    [Fact]
    public void Configuration_and_runs_know_no_tensor()
    {
        foreach (var (path, text) in Sources())
            if (AssemblyOf(path) is "Rils.Files" or "Rils.Configuration" or "Rils.Runs")
                Assert.DoesNotContain("TorchSharp", text);
    }

    /// <summary>docs/architecture.md lists the folders from the host down: each uses only those further down.</summary>
    [Fact]
    public void The_docs_list_every_folder_above_those_that_it_uses()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "architecture.md"));
        string[] listed = [.. Row().Matches(page).Select(row => row.Groups[1].Value)];
        Assert.Equal(graph.Value.Folders, listed.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(graph.Value.Uses,
            use => Array.IndexOf(listed, use.Key.To) < Array.IndexOf(listed, use.Key.From));
    }

    [Fact]
    public void A_cycle_is_found_by_a_constant_and_by_an_enclosing_namespace_and_not_by_a_comment()
    {
        (string, string)[] sources =
        [
            ("One/A/First.cs", "namespace One.A; class First { const int Own = 1 + B.Second.Number; }"),
            ("One/B/Second.cs", "namespace One.B; class Second { public const int Number = 1; A.Third? third; }"),
            ("One/A/Third.cs", "namespace One.A; class Third;"),
            ("One/C/Fourth.cs", "namespace One.C; class Fourth { static void Main() { } A.First? first; }"),
            ("One/A/Fifth.cs", "namespace One.A; /// <summary><see cref=\"C.Fourth\"/></summary>\nclass Fifth;"),
        ];
        var found = new FolderGraph(sources, Libraries());
        Assert.Empty(found.Mistakes);
        Assert.Equal(["One/A needs One/B (First.cs uses Second), which needs One/A",
            "One/B needs One/A (Second.cs uses Third), which needs One/B"], found.Cycles());
        Assert.Equal(["One/A", "One/B"], found.Below("One/C").Order());
    }

    static string AssemblyOf(string path) => path.Split('/')[0];

    static IEnumerable<(string Path, string Text)> Sources() =>
        from project in (string[])
            [.. Directory.GetDirectories(Path.Combine(Root, "core")), Path.Combine(Root, "hosts", "Rils.Cli")]
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Path.GetDirectoryName(project)!, file).Replace(Path.DirectorySeparatorChar, '/')
        where !path.Contains("/obj/") && !path.Contains("/bin/")
        select (path, File.ReadAllText(file));

    /// <summary>Paths of .NET's assemblies, and of the packages that the host has beside it.</summary>
    static IEnumerable<string> Libraries() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("rils", StringComparison.OrdinalIgnoreCase));

    static string RootAbove(string folder) => File.Exists(Path.Combine(folder, "RilsFramework.sln")) ? folder
        : RootAbove(Path.GetDirectoryName(folder)
            ?? throw new DirectoryNotFoundException("no RilsFramework.sln above the tests"));

    [GeneratedRegex(@"(?m)^\| `(Rils\.[\w./]+)` \|")]
    private static partial Regex Row();
}
