namespace Rils.Sources;

/// <summary>The names that columns of tables usually have. Upper and lower case are alike.</summary>
public static class UsualColumns
{
    /// <summary>Names of a column of images.</summary>
    public static IReadOnlyList<string> Images { get; } =
        ["image", "image_path", "file_name", "filename", "filepath", "file", "path"];

    /// <summary>Names of a column of captions.</summary>
    public static IReadOnlyList<string> Captions { get; } = ["caption", "text", "title", "description"];

    /// <summary>Names of a column of classes.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["label", "class"];

    /// <summary>Finds a column.</summary>
    /// <param name="columns">The names of a table's columns.</param>
    /// <param name="given">The name that the experiment gives; null to try the usual ones.</param>
    /// <param name="usual">The usual names.</param>
    /// <returns>The column's place, from 0; -1 where there is none.</returns>
    public static int Find(IReadOnlyList<string> columns, string? given, IReadOnlyList<string> usual) =>
        (given is null ? usual : [given]).Select(name => IndexOf(columns, name))
            .FirstOrDefault(place => place >= 0, -1);

    static int IndexOf(IReadOnlyList<string> columns, string name) => columns.Index()
        .Where(column => string.Equals(column.Item, name, StringComparison.OrdinalIgnoreCase))
        .Select(column => column.Index).FirstOrDefault(-1);
}
