using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Rils.WebDataset;

/// <summary>Finds the shards of patterns, and gives each a name that is unique among them.</summary>
static partial class ShardPatterns
{
    const int NamesInMessage = 8;

    /// <summary>The shards of all patterns, each once, in the ordinal order of their names.</summary>
    /// <exception cref="ArgumentException">Braces make too many patterns.</exception>
    /// <exception cref="FileNotFoundException">A pattern matches no file.</exception>
    public static IReadOnlyList<(string Name, string Path)> Expand(IEnumerable<string> patterns)
    {
        string[] paths =
            [.. patterns.SelectMany(Braces.Expand).SelectMany(Expand).Distinct(StringComparer.Ordinal)];
        return [.. Names(paths).Zip(paths).OrderBy(shard => shard.First, StringComparer.Ordinal)];
    }

    static IReadOnlyList<string> Expand(string pattern)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        string[] found = [root];
        var parts = pattern[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var isFile = i == parts.Length - 1;
            string[] next = [.. found.SelectMany(folder => Match(folder, parts[i], isFile))];
            if (next.Length == 0) throw Nothing(pattern, found[0], isFile ? "file" : "folder", parts[i]);
            found = next;
        }
        return found;
    }

    static IEnumerable<string> Match(string folder, string part, bool isFile)
    {
        if (part.AsSpan().ContainsAny('*', '?'))
        {
            var entries = isFile ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder);
            return entries.Where(path =>
                FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(path.AsSpan()), ignoreCase: false));
        }
        var exact = Path.GetFullPath(Path.Combine(folder, part));
        return (isFile ? File.Exists(exact) : Directory.Exists(exact)) ? [exact] : [];
    }

    static FileNotFoundException Nothing(string pattern, string folder, string sort, string part)
    {
        string[] names =
        [
            .. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!)
                .Order(StringComparer.Ordinal),
        ];
        var held = names.Length == 0 ? "is empty" : "holds " + string.Join(", ", names.Take(NamesInMessage))
            + (names.Length > NamesInMessage ? $" and {names.Length - NamesInMessage} more" : "");
        var foreign = Foreign().Match(pattern) is { Success: true, Value: var sign }
            ? $". `{sign}` has no meaning here: write paths of files, with `*` and `?` within a name, "
                + "{000..127} for numbers and {a,b} for names" : "";
        return new($"no shard matches `{pattern}`: there is no {sort} `{part}` in `{folder}`, which {held}{foreign}");
    }

    /// <summary>Matches patterns that WebDataset and shells understand and this project does not: pipes, addresses,
    /// several shards in one word, sets of characters, further braces.</summary>
    [GeneratedRegex(@"\bpipe:|\b[a-z][a-z0-9]+:/+|::|\[[^/]*\]|\{[^/]*\}")]
    private static partial Regex Foreign();

    /// <summary>File names without <c>.tar</c>, after as many of their folders as it takes to make all names
    /// different.</summary>
    static string[] Names(string[] paths)
    {
        var ending = paths.All(path => path.EndsWith(".tar", StringComparison.Ordinal)) ? ".tar".Length : 0;
        for (var depth = 1; ; depth++)
        {
            string[] names =
            [
                .. paths.Select(path =>
                    string.Join('/', path[..^ending].Split(Path.DirectorySeparatorChar).TakeLast(depth))),
            ];
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length) return names;
        }
    }
}
