using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rils.Tests.Golden;

/// <summary>The golden cases below <c>tests/golden</c> and below every directory that RILS_GOLDEN names (separated by
/// ':').</summary>
/// <remarks><c>[Theory, Trait("Category", "Golden"), MemberData(nameof(GoldenCases.Of), "rils", MemberType =
/// typeof(GoldenCases))]</c>
/// gives a test the folder of each case; <see cref="GoldenCase"/> opens it.</remarks>
public static partial class GoldenCases
{
    const string Variable = "RILS_GOLDEN";

    /// <summary>The kinds of cases, as <c>case.json</c> names them, and those that are known by their files.</summary>
    internal static IReadOnlyList<string> Kinds { get; } =
    [
        "rils", "mae", "losses", "positions", "schedules", "tokenizer", "coco-map",
        "rils-gathered", "clip-gathered", "losses-gathered", "finetune-mix", "finetune-droppath", "finetune-optimizers",
        "statistics", "looks", "pixels", "roi-align", "nms", "box", "mask-paste", "segmentation",
    ];

    /// <summary>The folders of all cases of one of the <see cref="Kinds"/>.</summary>
    /// <exception cref="InvalidOperationException">RILS_GOLDEN names a directory without a case, or no case is of the
    /// kind.</exception>
    public static TheoryData<string> Of(string kind)
    {
        var extra = Environment.GetEnvironmentVariable(Variable) ?? "";
        string[] roots = [Path.Combine(Repository.Root, "tests", "golden"), .. Split(extra)];
        string[] folders = [.. roots.SelectMany(Find)
            .Where(found => found.Kind == kind).Select(found => found.Folder).Distinct()];
        if (folders.Length == 0)
            throw new InvalidOperationException($"no golden case of kind '{kind}' below {string.Join(", ", roots)}");
        return new(folders);
    }

    /// <summary>The directories that a value of RILS_GOLDEN names; a relative one begins at the repository.</summary>
    internal static IEnumerable<string> Split(string value) =>
        value.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, Repository.Root)));

    /// <summary>The kinds that some test asks for: those after <c>GoldenCases.Of</c> in the tests' sources.</summary>
    internal static IReadOnlySet<string> Tested() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Asked().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)
            .ToHashSet();

    [GeneratedRegex(@"GoldenCases\.Of(?:\), |\()""([a-z-]+)""")]
    private static partial Regex Asked();

    /// <summary>All cases in a directory: the directory itself, or folders at any depth below it.</summary>
    /// <exception cref="InvalidOperationException">There is no such directory, it holds no case, or a case is of a kind
    /// that is not among the <see cref="Kinds"/>.</exception>
    internal static IReadOnlyList<(string Kind, string Folder)> Find(string root)
    {
        if (!Directory.Exists(root)) throw new InvalidOperationException($"{Variable}: there is no directory {root}");
        var folders = Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Prepend(root);
        (string Kind, string Folder)[] found =
        [
            .. from folder in folders.Order(StringComparer.Ordinal)
               let kind = KindOf(folder)
               where kind is not null
               select (kind, folder),
        ];
        return found.Length > 0 ? found
            : throw new InvalidOperationException($"{Variable}: {root} holds no golden case");
    }

    static string? KindOf(string folder)
    {
        bool Has(string file) => File.Exists(Path.Combine(folder, file));
        if (Has("case.json"))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
            var kind = json.RootElement.GetProperty("kind").GetString();
            return kind is not null && Kinds.Contains(kind) ? kind : throw new InvalidOperationException(
                $"{folder}: case.json is of the kind '{kind}', which {nameof(GoldenCases)}.{nameof(Kinds)} lacks: "
                + "add it there, and test it or let it be listed as skipped");
        }
        return Has("clip-bpe.json") ? "tokenizer"
            : Has("sincos.safetensors") ? "positions"
            : Has("schedules.json") ? "schedules"
            : Has("stats.json") && Has("instances.json") ? "coco-map"
            : null;
    }
}
