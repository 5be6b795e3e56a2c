using System.Text.RegularExpressions;
using Rils.Tests.Golden;

namespace Rils.Tests.Docs;

/// <summary>docs/troubleshooting.md quotes every message of the code, and no other.</summary>
public sealed partial class TroubleshootingTests
{
    /// <summary>The fewest characters of a part that the test looks for: shorter parts say too little.</summary>
    const int Telling = 14;

    static readonly string document =
        Regex.Replace(File.ReadAllText(Path.Combine(Repository.Root, "docs", "troubleshooting.md")), @"\s+", " ");

    static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder),
            "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/"))
        .Select(path => Joined(File.ReadAllText(path)));

    /// <summary>A source in which strings joined by + are one string, and escapes are the characters that they stand
    /// for.</summary>
    static string Joined(string source) =>
        Seam().Replace(source, "").Replace("\\\"", "\u2033").Replace("{{", "\u27E8").Replace("}}", "\u27E9");

    static string Plain(string text) =>
        text.Replace("\u2033", "\"").Replace("\u27E8", "{").Replace("\u27E9", "}").Replace("\\n", " ");

    [Fact]
    public void Whatever_it_quotes_the_code_says()
    {
        var code = Plain(string.Join('\n', Sources("core", "hosts", "plugins")));
        var quotes = Quote().Matches(document).Select(match => match.Groups[1].Value.Trim()).ToArray();
        Assert.True(quotes.Length > 100);
        // These are the system's own words, not the code's.
        var unknown = quotes.Except(["No space left on device"])
            .SelectMany(quote => quote.Split('…')).Select(part => part.Trim(' ', '`', '.'))
            .Where(part => part.Length >= 4 && !code.Contains(part));
        Assert.True(!unknown.Any(), string.Join("\n", unknown));
    }

    [Fact]
    public void Whatever_the_code_says_it_quotes()
    {
        var missing = Sources("core/Rils.Analysis", "core/Rils.Scheduling/Planning", "core/Rils.Contract/Contracts",
            "core/Rils.Files", "core/Rils.Configuration", "core/Rils.Runs", "core/Rils.Engine/Checkpoints",
            "core/Rils.Engine/Composition", "core/Rils.Engine/Contracts", "core/Rils.Engine/Data",
            "core/Rils.Engine/Datasets", "core/Rils.Engine/Evaluations",
            "core/Rils.Engine/Execution", "core/Rils.Engine/Plugins",
            "core/Rils.Engine/Pretrained", "core/Rils.Engine/Sweeps", "core/Rils.Engine/Training",
            "core/Rils.Engine/WeightFiles", "hosts/Rils.Cli", "plugins/Rils.Sources", "plugins/Rils.WebDataset",
            "plugins/Rils.ImageFiles", "plugins/Rils.Parquet",
            "plugins/Rils.Imaging")
            .SelectMany(source => source.Split('\n')).Where(line => Message().IsMatch(line)).Select(Parts)
            .Where(parts => parts.Length > 0 && !parts.Any(document.Contains))
            .Select(parts => string.Join(" | ", parts));
        Assert.True(!missing.Any(), string.Join("\n", missing));
    }

    /// <summary>The constant parts of the strings in a line.</summary>
    static string[] Parts(string line) =>
        [.. Literal().Matches(line).SelectMany(match => Hole().Split(match.Groups[1].Value))
        .Select(part => Plain(part).Trim(' ', ':', ';', ',', '.', '`', '(', '"', '\'', ']'))
        .Where(part => part.Length >= Telling)];

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Seam();

    [GeneratedRegex("``\\s?(.+?)\\s?``(?!`)")]
    private static partial Regex Quote();

    [GeneratedRegex(@"^(?!\s*//).*(\b([mM]istakes|[wW]arnings|[pP]roblems|found)\.Add\(|throw "
        + @"new \w*Exception\(|Refuse\(|Wrong\(|Damaged\(|AddError\(|LogWarning\()")]
    private static partial Regex Message();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}?|[^{}]*\}")]
    private static partial Regex Hole();
}
