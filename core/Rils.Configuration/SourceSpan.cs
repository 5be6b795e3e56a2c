namespace Rils.Configuration;

/// <summary>The place of text in a file, or a <c>--set</c>.</summary>
/// <param name="File">The file as the user named it, or the whole <c>--set key=value</c> argument.</param>
/// <param name="Line">The line, from 1; 0 for a whole file and for <c>--set</c>.</param>
/// <param name="Column">The column, from 1, in UTF-16 units; 0 for a whole file and for <c>--set</c>.</param>
public readonly record struct SourceSpan(string File, int Line, int Column)
{
    const string SetPrefix = "--set ";
    const int LongestShown = 300;

    /// <summary>The place of a command-line override.</summary>
    /// <param name="argument">The text after <c>--set</c>: <c>masking.ratio=0.6</c>.</param>
    public static SourceSpan Set(string argument) => new(SetPrefix + argument, 0, 0);

    /// <summary>The place of a mistake about a file as a whole, such as a missing file.</summary>
    public static SourceSpan WholeFile(string file) => new(file, 0, 0);

    /// <summary>Whether the place is a command-line override.</summary>
    public bool IsSet => Line == 0 && File.StartsWith(SetPrefix, StringComparison.Ordinal);

    /// <summary>The absolute folder from which relative paths at this place start: the file's folder, or the current
    /// folder for <c>--set</c>.</summary>
    public string Folder => IsSet
        ? Directory.GetCurrentDirectory()
        : Path.GetDirectoryName(Path.GetFullPath(File)) ?? Path.GetPathRoot(Path.GetFullPath(File))!;

    /// <summary>Writes <c>file:line:column</c>, <c>file</c>, or <c>--set key=value</c>.</summary>
    public override string ToString() => Line == 0 ? LongText.Cut(File, LongestShown) : $"{File}:{Line}:{Column}";
}
