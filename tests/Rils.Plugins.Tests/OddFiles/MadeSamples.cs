using System.Text;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Imaging;

namespace Rils.Tests.Plugins.OddFiles;

/// <summary>Odd and faulty samples that the cases do not hold, each with what is right: the caption, <c>null</c> for
/// none, or <c>! </c> and the fault.</summary>
static class MadeSamples
{
    static readonly byte[] image = Picture.Jpeg(Picture.Waves(20, 16), 20, 16);

    /// <summary>Captions and what is right of each. Bytes that are not UTF-8 are at least eight, so that a Parquet file
    /// can be made of them.</summary>
    public static IReadOnlyList<(OddSample Sample, string? Right)> Captions { get; } =
    [
        Caption("absent", null, null),
        Caption("empty", "", null),
        Caption("blank", " \r\n\t ", null),
        Caption("spaces", "  in the middle\n", "in the middle"),
        Caption("signs",
            "a \"b\", 'c'; d\te\\ # {f} <g> | `h` %00 \"\"",
            "a \"b\", 'c'; d\te\\ # {f} <g> | `h` %00 \"\""),
        Caption("one quote", "\"", "\""),
        Caption("formula", "=1+1,-2", "=1+1,-2"),
        Caption("lines", "one\ntwo\r\nthree\rfour", "one\ntwo\r\nthree\rfour"),
        Caption("control", "a\u0007b\u001b[31mc\u007fd\u0085e", "a\u0007b\u001b[31mc\u007fd\u0085e"),
        Caption("wide",
            "\u202Eabc\u2028\u200Bx 👩‍👩‍👧 e\u0301 漢\uFFFD",
            "\u202Eabc\u2028\u200Bx 👩‍👩‍👧 e\u0301 漢\uFFFD"),
        Caption("long", new string('é', 1 << 20), new string('é', 1 << 20)),
        Caption("marked", "\uFEFFmarked", "marked"),
        Bytes("UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("two \u0122\"\n bytes")], "two \u0122\"\n bytes"),
        Bytes("UTF-16 reversed", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("two bytes")], "two bytes"),
        Bytes("UTF-16 without a mark", Encoding.Unicode.GetBytes("two bytes"), "! no text: character 2 is NUL"),
        Caption("NUL", "nu\0l", "! no text: character 3 is NUL"),
        Bytes("Latin-1", [.. "in a caf"u8, 0xE9, .. " here"u8], "! not valid UTF-8: byte 0xE9 at offset 8"),
        Bytes("cut", [.. "in a caf"u8, 0xC3], "! not valid UTF-8: byte 0xC3 at offset 8"),
        Bytes("overlong", [.. "over long "u8, 0xC0, 0x80], "! not valid UTF-8: byte 0xC0 at offset 10"),
        Bytes("surrogate", [.. "surrogate "u8, 0xED, 0xA0, 0xBD], "! not valid UTF-8: byte 0xED at offset 10"),
        Json("pair", "\"a \\ud83d\\ude00\"", "a 😀"),
        Json("half", "\"a \\ud83d\"", "! half of a surrogate pair"),
    ];

    /// <summary>Images and what is right of each: <c>null</c> where it decodes, or a part of the message.</summary>
    public static IReadOnlyList<(OddSample Sample, string? Right)> Images { get; } =
    [
        Image("absent", null, "no image"),
        Image("absent too", null, "no image"),
        Image("without one", null, "no image"),
        Image("empty", [], "0 bytes"),
        Image("one byte", [0xFF], "no image that can be decoded"),
        Image("text", "a picture of a boat"u8.ToArray(), "no image that can be decoded"),
        Image("page", "<!doctype html><html>not found"u8.ToArray(), "an HTML page"),
        Image("pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"u8.ToArray(), "a Git LFS pointer"),
        Image("cut", image[..^60], "the image has lost pixels|no image that can be decoded"),
        Image("head alone", image[..40], "no image that can be decoded"),
        Image("zeros", new byte[4096], "no image that can be decoded"),
        Image("huge PNG", Picture.PngClaiming(60_000, 60_000), "pixels"),
        Image("huge JPEG", Picture.JpegClaiming(65_000, 65_000), "pixels"),
        .. Golden("truncated.jpg", "the image has lost pixels|no image that can be decoded"),
        .. Golden("truncated.png", "the image has lost pixels|no image that can be decoded"),
        .. Golden("grey16.png", null), .. Golden("rgb16.png", null), .. Golden("cmyk-adobe-inverted.jpg", null),
        .. Golden("ycck-adobe.jpg", null), .. Golden("orientation-6.jpg", null), .. Golden("one-bit.png", null),
        .. Golden("trailing-bytes.jpg", null), .. Golden("wrong-extension.png", null),
        .. Golden("animated.webp", null),
    ];

    static (OddSample, string?) Caption(string name, string? text, string? right) =>
        Captioned(name, text is null ? [] : [new(Encoding.UTF8.GetBytes(text))], right);

    static (OddSample, string?) Bytes(string name, byte[] bytes, string? right) =>
        Captioned(name, [new(bytes)], right);

    static (OddSample, string?) Json(string name, string json, string? right) =>
        Captioned(name, [new(Encoding.ASCII.GetBytes(json), IsJson: true)], right);

    static (OddSample, string?) Captioned(string name, OddCaption[] captions, string? right) =>
        (new($"caption {name}", image, "0"u8.ToArray(), captions), right);

    static (OddSample, string?) Image(string name, byte[]? bytes, string? right) =>
        (new($"image {name}", bytes, "1"u8.ToArray(), new OddCaption("a boat"u8.ToArray())), right);

    static (OddSample, string?)[] Golden(string name, string? right) => [Image(name.Replace('.', ' '),
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden", "pixels", "files", name)), right)];
}
