using System.Text;
using System.Text.Unicode;

namespace Rils.Contract;

/// <summary>Reads the text of files that people and other programs wrote. Bytes that are no text are an error that says
/// their place; no character is put in their place.</summary>
public static class PlainText
{
    static readonly UnicodeEncoding little = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>Decodes the bytes of a text file. A byte-order mark decides between UTF-8 and UTF-16.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="isLatin1">Whether bytes without a byte-order mark are ISO 8859-1 (Latin-1); false for
    /// UTF-8.</param>
    /// <returns>The text, without the byte-order mark.</returns>
    /// <exception cref="FormatException">The bytes are no such text. The message completes a sentence that begins with
    /// "it is", and says which byte is wrong, and where.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, bool isLatin1 = false)
    {
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Utf8Text(bytes, from: 3),
            [0xFF, 0xFE, ..] => Utf16Text(bytes, little),
            [0xFE, 0xFF, ..] => Utf16Text(bytes, big),
            _ when isLatin1 => Encoding.Latin1.GetString(bytes),
            _ => Utf8Text(bytes, from: 0),
        };
        return text.IndexOf('\0') is >= 0 and var at
            ? throw new FormatException($"no text: character {at + 1} is NUL, as in UTF-16 without a byte-order mark")
            : text;
    }

    static string Utf8Text(ReadOnlySpan<byte> bytes, int from)
    {
        var text = bytes[from..];
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw NotUtf8(bytes, from);
    }

    static FormatException NotUtf8(ReadOnlySpan<byte> bytes, int at)
    {
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return new(
            $"not valid UTF-8: byte 0x{bytes[at]:X2} at offset {at}, in line {bytes[..at].Count((byte)'\n') + 1}");
    }

    static string Utf16Text(ReadOnlySpan<byte> bytes, UnicodeEncoding encoding)
    {
        try
        {
            return encoding.GetString(bytes[2..]);
        }
        catch (DecoderFallbackException broken)
        {
            throw new FormatException(
                $"not valid UTF-16, which its byte-order mark says it is: offset {2 + Math.Max(broken.Index, 0)}",
                broken);
        }
    }
}
