using System.Collections.Concurrent;
using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Rils.Sources;

namespace Rils.Parquet;

/// <summary>Decodes row groups of a file. Several threads may read: each has a reader of its own.</summary>
/// <param name="part">The file.</param>
/// <param name="options">The options of the source.</param>
sealed class GroupReader(FileState part, ParquetOptions options) : IDisposable
{
    readonly ConcurrentBag<(ParquetReader Reader, ParquetColumns Columns)> idle = [];

    /// <summary>Decodes a row group.</summary>
    /// <param name="group">Its number.</param>
    /// <param name="withImages">Whether images are wanted.</param>
    /// <exception cref="InvalidDataException">The file has changed since it was indexed, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public RowGroup Read(int group, bool withImages)
    {
        if (FileState.Of(part.Path) != part)
            throw new InvalidDataException($"the file `{part.Path}` changed after it was indexed. Let nothing write to "
                + "data in use; start anew to index it again");
        if (!idle.TryTake(out var open)) open = OpenWithColumns();
        try
        {
            return Read(open.Reader, open.Columns, group, withImages);
        }
        catch (Exception damage)
        {
            throw Damaged(part.Path, damage);
        }
        finally
        {
            idle.Add(open);
        }
    }

    (ParquetReader Reader, ParquetColumns Columns) OpenWithColumns()
    {
        var reader = Open(part.Path);
        return (reader, ParquetColumns.Of(reader, options, part.Path));
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">The file is no Parquet file.</exception>
    public static ParquetReader Open(string path)
    {
        RegularFile.Require(path);
        try
        {
            var reader = ParquetReader.CreateAsync(path).GetAwaiter().GetResult();
            // The schema is decoded when it is asked for, and may be damaged too.
            if (reader.Schema.Fields.Count > 0) return reader;
            throw new InvalidDataException("it has no columns");
        }
        catch (Exception broken) when (broken is not (FileNotFoundException or UnauthorizedAccessException))
        {
            throw new InvalidDataException(FileContent.StandIn(path) is { } other ? $"{path} is {other}"
                : $"{path} is no Parquet file: {broken.Message}", broken);
        }
    }

    /// <summary>Makes the error of a file whose rows cannot be decoded. Damage makes the library throw
    /// anything.</summary>
    public static InvalidDataException Damaged(string path, Exception damage) => new(
        $"{path} is damaged: {damage.GetType().Name}: {damage.Message}. Fetch or write it again", damage);

    /// <summary>The classes of a row group, a number or a name each.</summary>
    public static Cell?[] Labels(ParquetReader reader, DataField? label, int group)
    {
        var rows = reader.OpenRowGroupReader(group);
        if (label is null) return new Cell?[rows.RowCount];
        return One(label.ClrType == typeof(long) ? Numbers<long>(rows, label)
            : label.ClrType == typeof(int) ? Numbers<int>(rows, label) : Texts(rows, label, "its class"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out var open)) open.Reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    static RowGroup Read(ParquetReader reader, ParquetColumns columns, int group, bool withImages)
    {
        var rows = reader.OpenRowGroupReader(group);
        var captions = columns.Caption is { } caption
            ? [.. Texts(rows, caption, "its caption").Select(row => row.OfType<Cell>().ToArray())]
            : Enumerable.Repeat<IReadOnlyList<Cell>>([], (int)rows.RowCount).ToArray();
        var images = withImages && columns.HasBytes
            ? [.. Values<ReadOnlyMemory<byte>, byte[]?>(rows, columns.Image, static value => value.ToArray())
                .Select(row => row.FirstOrDefault())] : (byte[]?[]?)null;
        return new(images, columns.HasBytes ? null : One(Texts(rows, columns.Image, "the path of its image")), captions,
            Labels(reader, columns.Label, group));
    }

    static List<Cell?>[] Texts(ParquetRowGroupReader rows, DataField field, string what) =>
        Values<ReadOnlyMemory<byte>, Cell?>(rows, field, value => Cell.Of(value.Span, what));

    static List<Cell?>[] Numbers<T>(ParquetRowGroupReader rows, DataField field)
        where T : struct, IFormattable =>
        Values<T, Cell?>(rows, field, static value => new(value.ToString(null, CultureInfo.InvariantCulture), null));

    static Cell?[] One(List<Cell?>[] rows) => [.. rows.Select(row => row.FirstOrDefault())];

    /// <summary>The values of a column by rows, from its levels: a repetition level of 0 begins a row, and a value is
    /// there where the definition level is the highest.</summary>
    static List<TResult>[] Values<T, TResult>(ParquetRowGroupReader rows, DataField field, Func<T, TResult> make)
        where T : struct
    {
        using var column = (RawColumnData<T>)rows.ReadRawColumnDataBaseAsync(field).AsTask().GetAwaiter().GetResult();
        var values = column.Values;
        // A column without nulls, or without lists, has no such levels.
        var defined = field.MaxDefinitionLevel > 0 ? column.DefinitionLevels : [];
        var repeated = field.MaxRepetitionLevel > 0 ? column.RepetitionLevels : [];
        var found = new List<TResult>[rows.RowCount];
        var (row, next) = (-1, 0);
        for (var place = 0; place < (defined.IsEmpty ? values.Length : defined.Length); place++)
        {
            if (repeated.IsEmpty || repeated[place] == 0) found[++row] = [];
            var isThere = defined.IsEmpty || defined[place] == field.MaxDefinitionLevel;
            found[row].Add(isThere ? make(values[next++]) : default!);
        }
        return found;
    }
}
