using System.Text.Json;

namespace Rils.Tests.Golden;

/// <summary>The golden cases below <c>tests/golden</c> and below every directory that RILS_GOLDEN names (separated by
/// ':').</summary>
/// <remarks><c>[Theory, Trait("Category", "Golden"), MemberData(nameof(GoldenCases.Of), "rils", MemberType =
/// typeof(GoldenCases))]</c>
/// gives a test the folder of each case; <see cref="GoldenCase"/> opens it.</remarks>
public static class GoldenCases
{
    const string Variable = "RILS_GOLDEN";

    /// <summary>The folders of all cases of a kind: rils, mae, losses, finetune-droppath, finetune-optimizers,
    /// positions, schedules, tokenizer or coco-map.</summary>
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

    /// <summary>All cases of known kinds in a directory: the directory itself, or folders at any depth below
    /// it.</summary>
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
            return json.RootElement.GetProperty("kind").GetString() is ("rils" or "mae" or "losses"
                or "finetune-droppath" or "finetune-optimizers") and var kind
                ? kind : null;
        }
        return Has("clip-bpe.json") ? "tokenizer"
            : Has("sincos.safetensors") ? "positions"
            : Has("schedules.json") ? "schedules"
            : Has("stats.json") && Has("instances.json") ? "coco-map"
            : null;
    }
}
