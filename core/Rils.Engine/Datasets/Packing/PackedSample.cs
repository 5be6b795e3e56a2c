using System.Security.Cryptography;
using System.Text;
using System.Buffers.Binary;
using System.Globalization;
using Rils.Contract;
using Rils.Files;

namespace Rils.Engine.Datasets.Packing;

/// <summary>A sample as a shard holds it.</summary>
/// <param name="Key">The sample's key in its source.</param>
/// <param name="Files">The files, each with its extension: the image, a caption or a class where there is one, and a
/// json with the key.</param>
/// <param name="HasCaption">Whether the sample has a caption.</param>
/// <param name="HasClass">Whether the sample has a class.</param>
/// <param name="ImageBytes">Size of the image file.</param>
/// <param name="HasWeights">Whether the captions have weights, which a shard cannot hold.</param>
sealed record PackedSample(
    string Key, IReadOnlyList<(string Extension, ReadOnlyMemory<byte> Content)> Files, bool HasCaption, bool HasClass,
    int ImageBytes, bool HasWeights)
{
    const char ByteOrderMark = '\uFEFF';

    /// <summary>Makes the files.</summary>
    /// <exception cref="SampleException">A shard cannot hold the image's format.</exception>
    public static PackedSample Of(Sample sample)
    {
        var captions = sample.Find<Captions>();
        string[] texts = [.. (captions?.Texts ?? []).Where(text => !string.IsNullOrWhiteSpace(text))];
        List<(string, ReadOnlyMemory<byte>)> files = [(Extension(sample.Image.Span), sample.Image)];
        var isPlain = texts is [var only] && only[0] != ByteOrderMark && !only.Contains('\0');
        if (isPlain) files.Add(("txt", Encoding.UTF8.GetBytes(texts[0])));
        var label = sample.Find<Label>();
        if (label is not null)
            files.Add(("cls", Encoding.UTF8.GetBytes(label.Number.ToString(CultureInfo.InvariantCulture))));
        var json = new Dictionary<string, object> { ["key"] = sample.Key };
        if (texts.Length > 0 && !isPlain) json["caption"] = texts;
        files.Add(("json", Encoding.UTF8.GetBytes(RunJson.Line(json))));
        return new(sample.Key, files, texts.Length > 0, label is not null, sample.Image.Length,
            captions?.Weights is not null);
    }

    /// <summary>Whether the sample is of the validation data: by a hash of its key, so that further samples move
    /// none.</summary>
    public bool IsIn(double share) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Key))) < share * Math.Pow(2, 64);

    static string Extension(ReadOnlySpan<byte> image)
    {
        var format = ImageFormat.Of(image);
        if (format is not null && ImageFormat.OfShards.Contains(format)) return format;
        if (StandIn.Of(image) is { } other) throw new SampleException($"its image is {other}");
        var found = format is null ? "no image file" : $"a {format.ToUpperInvariant()}";
        throw new SampleException($"its image is {found}, and shards hold JPEG, PNG and WebP: convert it");
    }
}
