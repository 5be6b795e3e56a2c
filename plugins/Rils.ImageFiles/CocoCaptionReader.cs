using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rils.ImageFiles;

/// <summary>Reads a caption of COCO's annotations. A caption that is no text is the fault of its image alone.</summary>
sealed class CocoCaptionReader : JsonConverter<CocoCaption>
{
    static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public override CocoCaption Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return new(null, "its caption is no text: write it in quotes");
        }
        try
        {
            return new(reader.GetString()!.Trim());
        }
        catch (InvalidOperationException)
        {
            return new(null, Fault(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan));
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CocoCaption value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    static string Fault(ReadOnlySpan<byte> written)
    {
        try
        {
            strict.GetCharCount(written);
            return @"its caption has half of a surrogate pair (as \ud83d), which is no text: it was cut within a "
                + "character";
        }
        catch (DecoderFallbackException broken)
        {
            return $"its caption is not valid UTF-8: byte 0x{broken.BytesUnknown![0]:X2} at offset {broken.Index}. "
                + "Save the file as UTF-8";
        }
    }
}
