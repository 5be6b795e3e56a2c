using Rils.Files;

namespace Rils.Configuration;

/// <summary>Reads a file and the files that it extends, and merges each over its base.</summary>
sealed class ExtendsChain(Problems problems)
{
    const int MaxFiles = 32;

    readonly List<(string Path, string Shown)> open = [];
    int files;

    /// <summary>Whether all files could be read. If not, the tree lacks something, and mistakes that follow from the
    /// gap are not the user's.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>The merged root of a file, without <c>extends</c>.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="from">The place of the <c>extends</c> that names the file; null for the experiment itself.</param>
    public TableNode Load(string path, SourceSpan? from = null)
    {
        var root = new TableNode(new SourceSpan(path, 1, 1));
        if (TomlFile.Text(path, from, problems) is not { } text)
        {
            IsSound = false;
            return root;
        }
        root = TomlText.Parse(text, path, problems, out var sound);
        IsSound &= sound;
        if (!root.TryGet("extends", out var extends))
            return root;
        root.Remove("extends");
        open.Add((Path.GetFullPath(path), path));
        if (Bases(path, extends.Value) is { Count: > 0 } bases)
            root = Lay(bases.Aggregate(Lay), root);
        open.RemoveAt(open.Count - 1);
        return root;
    }

    /// <summary>The files that a file extends, one or several, in the order of merging.</summary>
    List<TableNode> Bases(string path, TomlNode extends) =>
        [.. from name in extends is ArrayNode several ? several.Items : [extends]
            let below = Base(path, name)
            where below is not null
            select Load(below, name.Span)];

    /// <summary>Merges a root over another: a length (<c>epochs</c>, <c>steps</c> or <c>samples</c>) replaces the other
    /// lengths, and the <c>name</c> is not inherited, because two experiments need two names.</summary>
    public static TableNode Lay(TableNode below, TableNode above)
    {
        below.Remove("name");
        if (ExperimentKeys.Lengths.Any(key => above[key] is not null))
            RemoveLengths(below, keep: entry => above[entry.Key] is not null);
        return TableMerge.Merge(below, above);
    }

    /// <summary>Removes <c>epochs</c>, <c>steps</c> and <c>samples</c> from a root.</summary>
    public static void RemoveLengths(TableNode root, Func<TomlEntry, bool> keep)
    {
        foreach (var key in ExperimentKeys.Lengths)
            if (root.TryGet(key, out var entry) && !keep(entry))
                root.Remove(key);
    }

    /// <summary>The path of the extended file; null after reporting why there is none.</summary>
    string? Base(string path, TomlNode extends)
    {
        if (extends is not ScalarNode { Value: string { Length: > 0 } name } || name.Contains('\0'))
            return Fail(extends.Span,
                $"`extends` must be the path of a file, as in \"base.toml\", or a list of such, not {extends}");
        if (UserPath.Expand(name, out var written) is { } why)
            return Fail(extends.Span, $"`extends` names {extends}, which {why}");
        var full = Path.GetFullPath(written, extends.Span.Folder);
        var shown = Path.IsPathRooted(path) ? full : Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        var seen = open.FindIndex(file => file.Path == full);
        if (seen >= 0)
            return Fail(extends.Span, "`extends` goes in a circle: "
                + string.Join(" -> ", open.Skip(seen).Select(file => file.Shown).Append(shown)));
        if (++files > MaxFiles)
            return Fail(extends.Span, $"`extends` goes through more than {MaxFiles} files");
        return shown;
    }

    string? Fail(SourceSpan at, string message)
    {
        problems.Add(at, message);
        IsSound = false;
        return null;
    }
}
