namespace Rils.Configuration;

/// <summary>Where something was written.</summary>
/// <param name="File">The file as the user named it, or the whole <c>--set key=value</c> argument.</param>
/// <param name="Line">From 1; 0 for a whole file and for <c>--set</c>.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 for a whole file and for <c>--set</c>.</param>
public readonly record struct SourceSpan(string File, int Line, int Column)
{
    const string SetPrefix = "--set ";
    const int LongestShown = 300;

    /// <summary>The place of a command-line override.</summary>
    /// <param name="argument">What follows <c>--set</c>: <c>masking.ratio=0.6</c>.</param>
    public static SourceSpan Set(string argument) => new(SetPrefix + argument, 0, 0);

    /// <summary>A file as a whole: it is missing, or cannot be read.</summary>
    public static SourceSpan WholeFile(string file) => new(file, 0, 0);

    /// <summary>Whether this is a command-line override.</summary>
    public bool IsSet => Line == 0 && File.StartsWith(SetPrefix, StringComparison.Ordinal);

    /// <summary>The absolute folder that relative paths written here start from: the file's, or for <c>--set</c> the current one.</summary>
    public string Folder => IsSet
        ? Directory.GetCurrentDirectory()
        : Path.GetDirectoryName(Path.GetFullPath(File)) ?? Path.GetPathRoot(Path.GetFullPath(File))!;

    /// <summary><c>file:line:column</c>, <c>file</c>, or <c>--set key=value</c>.</summary>
    public override string ToString() => Line == 0 ? LongText.Cut(File, LongestShown) : $"{File}:{Line}:{Column}";
}
