using Parquet;
using Parquet.Schema;
using Rils.Sources;

namespace Rils.Parquet;

/// <summary>The columns that are read of a Parquet file. Texts are columns of bytes here: the library puts U+FFFD in
/// place of bytes that are no UTF-8, where a text must be refused.</summary>
/// <param name="Image">The bytes or the path of the image.</param>
/// <param name="Caption">The captions; null where the file has none.</param>
/// <param name="Label">The classes; null where the file has none.</param>
sealed record ParquetColumns(DataField Image, DataField? Caption, DataField? Label)
{
    /// <summary>Whether the file holds the images themselves.</summary>
    public bool HasBytes { get; private init; }

    /// <summary>Whether the classes are texts, of names or of numbers.</summary>
    public bool HasTextLabels { get; private init; }

    /// <summary>Finds the columns of a file.</summary>
    /// <param name="reader">The file, of which no columns were found before.</param>
    /// <param name="options">The options of the source.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <exception cref="InvalidDataException">The file lacks a column, or has other values in it.</exception>
    public static ParquetColumns Of(ParquetReader reader, ParquetOptions options, string path)
    {
        var (image, caption, label) = Find(reader.Schema, options, path);
        var (hasBytes, hasTextLabels) = (!IsText(image), label is not null && IsText(label));
        return new(AsBytes(reader, image)!, AsBytes(reader, caption), AsBytes(reader, label))
        {
            HasBytes = hasBytes, HasTextLabels = hasTextLabels,
        };
    }

    static (DataField Image, DataField? Caption, DataField? Label) Find(
        ParquetSchema schema, ParquetOptions options, string path)
    {
        var image = Find(schema, "image_column", options.ImageColumn, UsualColumns.Images, path)
            ?? throw new InvalidDataException($"{path} has no column {string.Join(", ", UsualColumns.Images)}; it has "
                + $"{Names(schema)}. Say which one has the images, as in image_column = \"...\"");
        return (ImageOf(schema, image, path),
            TextOf(schema, Find(schema, "caption_column", options.CaptionColumn, UsualColumns.Captions, path), path),
            LabelOf(schema, Find(schema, "label_column", options.LabelColumn, UsualColumns.Labels, path), path));
    }

    static Field? Find(ParquetSchema schema, string key, string? given, IReadOnlyList<string> usual, string path)
    {
        var place = UsualColumns.Find([.. schema.Fields.Select(field => field.Name)], given, usual);
        if (place < 0 && given is not null)
            throw new InvalidDataException(
                $"{path} has no column `{given}`, which {key} = \"{given}\" names; it has {Names(schema)}");
        return place < 0 ? null : schema.Fields[place];
    }

    static DataField ImageOf(ParquetSchema schema, Field image, string path)
    {
        DataField[] all = [.. schema.DataFields.Where(field =>
            field.Path.FirstPart == image.Name && field.MaxRepetitionLevel == 0)];
        return all.FirstOrDefault(field => field.ClrType == typeof(ReadOnlyMemory<byte>)) ?? all.FirstOrDefault(IsText)
            ?? throw new InvalidDataException($"{path}: the column `{image.Name}` has no bytes of images, and no "
            + "paths");
    }

    static DataField? TextOf(ParquetSchema schema, Field? caption, string path) => caption is null ? null
        : schema.DataFields.FirstOrDefault(field => field.Path.FirstPart == caption.Name && IsText(field))
            ?? throw new InvalidDataException($"{path}: the column `{caption.Name}` has no texts");

    static DataField? LabelOf(ParquetSchema schema, Field? label, string path) => label is null ? null
        : schema.DataFields.FirstOrDefault(field => field.Path.FirstPart == label.Name && field.MaxRepetitionLevel == 0
            && (IsText(field) || field.ClrType == typeof(long) || field.ClrType == typeof(int)))
            ?? throw new InvalidDataException($"{path}: the column `{label.Name}` has neither whole numbers nor names");

    /// <summary>The same column without the mark that its bytes are text.</summary>
    static DataField? AsBytes(ParquetReader reader, DataField? field)
    {
        if (field is null || !IsText(field)) return field;
        (field.SchemaElement!.ConvertedType, field.SchemaElement.LogicalType) = (null, null);
        return reader.Schema.DataFields.Single(other => other.Path.Equals(field.Path));
    }

    static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>);

    static string Names(ParquetSchema schema) => string.Join(", ", schema.Fields.Select(field => $"`{field.Name}`"));
}
