#:package ParquetSharp@25.0.1.2
#:property ManagePackageVersionsCentrally=false
// Writes the Parquet files beside it by Apache Arrow's own writer (ParquetSharp): dotnet run tests/parquet/make.cs
// `hugging-face.parquet` has the form of Hugging Face's `datasets`: a struct of bytes and path, class numbers whose
// names are in the file's metadata, lists of captions, nulls, two row groups, Snappy. `paths.parquet` names files of
// images.
using ParquetSharp;
using ParquetSharp.Schema;

var folder = args.Length > 0 ? args[0] : Path.GetDirectoryName(Environment.GetCommandLineArgs()[0])!;

PrimitiveNode Bytes(string name, LogicalType? type = null) =>
    new(name, Repetition.Optional, type ?? LogicalType.None(), PhysicalType.ByteArray);
PrimitiveNode Text(string name) => Bytes(name, LogicalType.String());

void HuggingFace()
{
    using var image = new GroupNode("image", Repetition.Optional, [Bytes("bytes"), Text("path")]);
    using var captions = new GroupNode("caption", Repetition.Optional,
        [new GroupNode("list", Repetition.Repeated, [Text("element")])], LogicalType.List());
    using var label = new PrimitiveNode("label", Repetition.Optional, LogicalType.None(), PhysicalType.Int64);
    using var schema = new GroupNode("schema", Repetition.Required, [image, captions, label]);
    using var builder = new WriterPropertiesBuilder();
    using var properties = builder.Compression(Compression.Snappy).Build();
    var metadata = new Dictionary<string, string>
    {
        ["huggingface"] = """
            {"info": {"features": {"label": {"names": ["cat", "dog", "guinea_pig"], "_type": "ClassLabel"}}}}
            """,
    };
    using var file = new ParquetFileWriter(Path.Combine(folder, "hugging-face.parquet"), schema, properties, metadata);
    for (var group = 0; group < 2; group++)
    {
        using var rows = file.AppendRowGroup();
        Nested<byte[]?>?[] images = [.. Enumerable.Range(0, 4).Select(row =>
            row == 3 ? (Nested<byte[]?>?)null : new(System.Text.Encoding.UTF8.GetBytes($"image {group} {row}")))];
        using (var column = rows.NextColumn().LogicalWriter<Nested<byte[]?>?>()) column.WriteBatch(images);
        using (var column = rows.NextColumn().LogicalWriter<Nested<string?>?>())
            column.WriteBatch([new("a.jpg"), new("b.jpg"), new((string?)null), null]);
        using (var column = rows.NextColumn().LogicalWriter<string?[]?>())
            column.WriteBatch([["one", " two é "], [], null, ["three", null, " "]]);
        using (var column = rows.NextColumn().LogicalWriter<long?>()) column.WriteBatch([2, 0, null, -1]);
    }
    file.Close();
}

void Paths()
{
    using var schema = new GroupNode("schema", Repetition.Required,
        [Text("file_name"), Text("text"), Text("class"), Bytes("unused")]);
    using var builder = new WriterPropertiesBuilder();
    using var properties = builder.Compression(Compression.Zstd).Build();
    using var file = new ParquetFileWriter(Path.Combine(folder, "paths.parquet"), schema, properties);
    using var rows = file.AppendRowGroup();
    string?[][] columns =
        [["images/1.jpg", "images/2.jpg", null, "images/9.jpg"], ["a boat", "", "c", "d"], ["dog", null, "cat", "dog"]];
    foreach (var values in columns)
    {
        using var column = rows.NextColumn().LogicalWriter<string?>();
        column.WriteBatch(values);
    }
    using (var column = rows.NextColumn().LogicalWriter<byte[]?>()) column.WriteBatch([null, null, [1], null]);
    file.Close();
}

HuggingFace();
Paths();
