using System.Text.RegularExpressions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Docs;

/// <summary>docs/experiments.md names exactly the keys of the options records, with their defaults, and its examples
/// can be run.</summary>
public sealed class ExperimentsPageTests : IDisposable
{
    static readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "experiments.md"));
    static readonly PluginRegistry registry = TinyExperiment.Plugins.Registry;
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rils-page-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_table_stands_there_as_the_records_have_it()
    {
        var missing = MissingOnPage(registry);
        Assert.True(missing.Length == 0, $"docs/experiments.md should have:\n{string.Join('\n', missing)}");
    }

    /// <summary>The tables of the engine and of plugins that the page lacks.</summary>
    internal static string[] MissingOnPage(PluginRegistry plugins)
    {
        var arms = plugins.Slots.AtRoot.Where(slot => !ExperimentKeys.All.World.Contains(slot.Table));
        var shared =
            $"Tables at the root ({string.Join(", ", arms.Select(slot => $"`{EngineTables.Header(slot.Table)}`"))}, "
            + "a plugin's own) are what\n";
        string[] blocks = [.. plugins.Entries.Select(Block),
            .. EngineTables.All.Select(table => Table(table.Options)), shared];
        return [.. blocks.Where(block => !page.Contains(block))];
    }

    [Fact]
    public void No_table_stands_there_that_no_record_has()
    {
        Assert.Equal(registry.Entries.Select(Title).Order(StringComparer.Ordinal),
            Regex.Matches(page, "^### (.+)$", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Type[] tables = [.. EngineTables.All.Select(table => table.Options),
            .. registry.Entries.Select(entry => entry.Options).Where(type => OptionKey.Of(type).Count > 0)];
        Assert.Equal(tables.Length, Regex.Count(page, Regex.Escape(Header)));
        Assert.Equal(tables.Sum(type => OptionKey.Of(type).Count), Regex.Count(page, "^\\| `", RegexOptions.Multiline));
    }

    /// <summary>The page is written from the options records, so this test holds the records against values given by
    /// hand.</summary>
    [Theory]
    [InlineData("masking", "random", "ratio", "a number, above 0 to below 1", "0.75")]
    [InlineData("target", "language", "prototypes", "one of detached, attached, random, learned", "-")]
    [InlineData("data.tokenizer", "bpe", "vocabulary", "a path", "required")]
    [InlineData("decoder", "mae", "width", "a whole number, at least 4", "-")]
    [InlineData("optimizer", "adamw", "betas", "an array, each item a number, exactly 2 long, 0 to below 1",
        "[0.9, 0.98]")]
    public void A_key_says_type_range_and_default(string table, string kind, string key, string takes, string value)
    {
        var found = OptionKey.Of(registry.Find(table, kind)!.Options).Single(option => option.Key == key);
        Assert.Equal((takes, value), (found.Takes, found.Default));
        Assert.NotEqual("", found.Description);
    }

    [Fact]
    public void Every_key_of_ours_is_described() => Assert.Empty(
        registry.Entries.SelectMany(entry => OptionKey.Of(entry.Options)
            .Where(key => key.Description.Length == 0).Select(key => $"{Title(entry)} {key.Key}")));

    [Fact]
    public void The_example_of_arms_can_be_run_and_its_arms_differ_in_the_ratio()
    {
        var text = Snippet("toml", "mask-ratio")
            .Replace("\"quickstart.toml\"", $"\"{Path.Combine(Repository.Root, "experiments", "quickstart.toml")}\"");
        var lines = Command.Here("check", Write("mask-ratio.toml", text)).Returns(0).Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("  rils-75  masking random (ratio 0.75) | backbone vit, "));
        Assert.Contains(lines, line => line.StartsWith("  rils-60  masking random (ratio 0.6) | "));
    }

    [Fact]
    public void The_example_of_a_sweep_makes_the_arms_and_runs_that_the_page_says()
    {
        var text = Snippet("toml", "ratio-and-batch")
            .Replace("\"quickstart.toml\"", $"\"{Path.Combine(Repository.Root, "experiments", "quickstart.toml")}\"");
        var output = Command.Here("check", Write("sweep.toml", text)).Returns(0).Output;
        Assert.Contains("sweep    6 points: 8 arms in 2 runs, by masking.ratio, data.batch\n", output);
        foreach (var arm in (string[])["rils-ratio-0.5", "rils-ratio-0.6", "rils-ratio-0.75", "clip"])
            Assert.Contains($"\n{arm} ", output);
    }

    const string Header = "| key | takes | default | is |\n|---|---|---|---|\n";

    static string Title(KindEntry entry) =>
        $"`{EngineTables.Header(entry.Table)}{(entry.Kind is null ? "" : $" kind = \"{entry.Kind}\"")}`";

    static string Block(KindEntry entry)
    {
        var parts = new[] { OptionKey.Summary(entry.Options),
            OptionKey.Of(entry.Options).Count == 0 ? "" : Table(entry.Options).TrimEnd() };
        return $"### {Title(entry)}\n\n{string.Join("\n\n", parts.Where(part => part.Length > 0))}\n";
    }

    static string Table(Type options) =>
        Header + string.Concat(OptionKey.Of(options)
            .Select(key => $"| `{key.Key}` | {key.Takes} | {Default(key.Default)} | {key.Description} |\n"));

    static string Default(string value) => value is "required" or "-" ? value : $"`{value}`";

    string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Snippet(string language, string containing) =>
        Regex.Matches(page, $"```{language}\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value).First(text => text.Contains(containing));
}
