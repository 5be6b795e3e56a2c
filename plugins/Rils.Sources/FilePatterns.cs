using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Rils.Sources;

/// <summary>Finds the files, or folders, that patterns name. In a pattern <c>*</c> and <c>?</c> match within a name,
/// <c>{000..127}</c> stands for numbers, <c>{a,b}</c> for names; each of these must be there.</summary>
public static partial class FilePatterns
{
    const int NamesInMessage = 8;

    /// <summary>Finds the files of all patterns.</summary>
    /// <param name="patterns">Absolute paths with or without wildcards.</param>
    /// <param name="noun">The word for such a file in messages: <c>shard</c>.</param>
    /// <param name="ending">The ending that names leave out where all files have it: <c>.tar</c>.</param>
    /// <param name="hint">The advice where a pattern names a folder.</param>
    /// <returns>Each file once, in the ordinal order of the names.</returns>
    /// <exception cref="ArgumentException">Braces make too many patterns.</exception>
    /// <exception cref="FileNotFoundException">A pattern matches no file, or is an address or a pipe; the message says
    /// what to do.</exception>
    public static IReadOnlyList<NamedFile> Files(
        IEnumerable<string> patterns, string noun, string ending, string hint) =>
        Named(patterns, new(noun, hint, AreFiles: true), ending);

    /// <summary>Finds the folders of all patterns.</summary>
    /// <param name="patterns">Absolute paths with or without wildcards.</param>
    /// <param name="hint">The advice where a pattern names a file.</param>
    /// <returns>Each folder once, in the ordinal order of the names.</returns>
    /// <exception cref="ArgumentException">Braces make too many patterns.</exception>
    /// <exception cref="FileNotFoundException">A pattern matches no folder, or is an address or a pipe; the message
    /// says what to do.</exception>
    public static IReadOnlyList<NamedFile> Folders(IEnumerable<string> patterns, string hint) =>
        Named(patterns, new("folder", hint, AreFiles: false), "");

    /// <summary>The things that patterns name: the word for one, advice where a pattern names one of the other sort,
    /// and whether they are files.</summary>
    readonly record struct Sought(string Noun, string Hint, bool AreFiles);

    static NamedFile[] Named(IEnumerable<string> patterns, Sought sought, string ending)
    {
        string[] paths = [.. patterns.SelectMany(Expanded)
            .SelectMany(pattern => Expand(pattern, sought)).Distinct(StringComparer.Ordinal)];
        return [.. Names(paths, ending).Zip(paths, (name, path) => new NamedFile(name, path))
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    static IEnumerable<string> Expanded(string pattern) =>
        Refusal(pattern) is { } refusal ? throw new FileNotFoundException(refusal) : Braces.Expand(pattern);

    static IReadOnlyList<string> Expand(string pattern, Sought sought)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        string[] found = [root];
        var parts = pattern[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var isFile = sought.AreFiles && i == parts.Length - 1;
            string[] next = [.. found.SelectMany(folder => Match(folder, parts[i], isFile))];
            if (next.Length == 0)
                throw i == parts.Length - 1 && Match(found[0], parts[i], !isFile).Any() ? OtherSort(pattern, sought)
                    : Nothing(pattern, found[0], sought, isFile ? "file" : "folder", parts[i]);
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

    static FileNotFoundException OtherSort(string pattern, Sought sought) =>
        new($"`{pattern}` is {(sought.AreFiles ? "a folder, and no file" : "a file, and no folder")}: {sought.Hint}");

    static FileNotFoundException Nothing(string pattern, string folder, Sought sought, string sort, string part)
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
                + "{000..127} for numbers and {a,b} for names, or a list of such paths" : "";
        return new($"no {sought.Noun} matches `{pattern}`: there is no {sort} `{part}` in `{folder}`, which "
            + $"{held}{foreign}");
    }

    /// <summary>Says what to do in place of an address or a pipe; null for a pattern of files.</summary>
    static string? Refusal(string pattern)
    {
        if (Pipe().Match(pattern) is { Success: true, Groups: [_, var command] })
            return $"`pipe:{command.Value}` is a command, and samples are read by their places in files: run the "
                + "command once, save what it prints as a file, and name that file";
        return Address().Match(pattern) is { Success: true, Groups: [_, var scheme, var rest] }
            ? $"`{scheme.Value}://{rest.Value}` is an address, and samples are read by their places in files: download "
                + $"the files first, {Download(scheme.Value)}, and name the copies" : null;
    }

    static string Download(string scheme) => scheme switch
    {
        "s3" => "as by `aws s3 cp`",
        "gs" => "as by `gcloud storage cp`",
        "hf" => "as by `hf download`",
        _ => "as by `wget`",
    };

    // A path that was made absolute begins with the folder of the experiment, and has one slash in place of two.
    [GeneratedRegex(@"(?:^|/)pipe:\s*(.*)")]
    private static partial Regex Pipe();

    [GeneratedRegex(@"(?:^|/)([a-z][a-z0-9]+):/+(.*)")]
    private static partial Regex Address();

    /// <summary>Matches patterns that WebDataset and shells understand and this project does not: several files in one
    /// word, sets of characters, further braces.</summary>
    [GeneratedRegex(@"::|\[[^/]*\]|\{[^/]*\}")]
    private static partial Regex Foreign();

    /// <summary>File names without the common ending, after as many of their folders as it takes to make all names
    /// different.</summary>
    static string[] Names(string[] paths, string ending)
    {
        var cut = paths.All(path => path.EndsWith(ending, StringComparison.Ordinal)) ? ending.Length : 0;
        for (var depth = 1; ; depth++)
        {
            string[] names =
            [
                .. paths.Select(path =>
                    string.Join('/', path[..^cut].Split(Path.DirectorySeparatorChar).TakeLast(depth))),
            ];
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length) return names;
        }
    }
}
