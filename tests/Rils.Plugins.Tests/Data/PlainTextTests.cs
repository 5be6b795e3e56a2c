using System.Text;
using CsCheck;
using Rils.Contract;

namespace Rils.Tests.Plugins.Data;

public sealed class PlainTextTests
{
    static readonly Encoding[] marked =
        [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];

    [Fact]
    public void Any_text_is_read_as_it_was_written() => Gen.String.Where(IsText).Sample(text =>
    {
        Assert.Equal(text, PlainText.Decode(Encoding.UTF8.GetBytes(text)));
        foreach (var encoding in marked)
            Assert.Equal(text, PlainText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
    });

    /// <summary>Whether a text has no NUL, no half of a surrogate pair, and no byte order mark at its start, which a
    /// reader would take for the mark of the file.</summary>
    static bool IsText(string text) => !text.Contains('\0') && !text.StartsWith('\uFEFF')
        && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    [Fact]
    public void Bytes_without_a_mark_are_Latin_1_where_that_is_said()
    {
        Assert.Equal("café", PlainText.Decode([(byte)'c', (byte)'a', (byte)'f', 0xE9], isLatin1: true));
        Assert.Equal("é", PlainText.Decode([0xEF, 0xBB, 0xBF, 0xC3, 0xA9], isLatin1: true));
    }

    public static TheoryData<byte[], string> Wrong => new()
    {
        { "caf\u00E9"u8.ToArray()[..4], "not valid UTF-8: byte 0xC3 at offset 3, in line 1" },
        { [.. "one\ntwo\nthr"u8, 0xE9, .. "e"u8], "not valid UTF-8: byte 0xE9 at offset 11, in line 3" },
        { [0xEF, 0xBB, 0xBF, (byte)'a', 0xFF], "not valid UTF-8: byte 0xFF at offset 4, in line 1" },
        { [0xC0, 0x80], "not valid UTF-8: byte 0xC0 at offset 0, in line 1" },
        { [0xED, 0xA0, 0x80], "not valid UTF-8: byte 0xED at offset 0, in line 1" },
        { [0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0], "not valid UTF-16" },
        { [0xFE, 0xFF, 0, (byte)'a', 0], "not valid UTF-16" },
        { [(byte)'a', 0, (byte)'b', 0], "no text: character 2 is NUL" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_text_is_refused_with_its_place(byte[] bytes, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => PlainText.Decode(bytes)).Message);

    [Fact]
    public void What_lies_in_place_of_a_file_is_known()
    {
        Assert.Contains("git lfs pull",
            StandIn.Of("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"u8));
        Assert.Contains("HTML page", StandIn.Of("\n <!DOCTYPE html><html>"u8));
        Assert.Contains("HTML page", StandIn.Of("<HTML>"u8));
        Assert.Null(StandIn.Of("<ht"u8));
        Assert.Null(StandIn.Of("[\"a\"]"u8));
        Assert.Null(StandIn.Of([]));
    }
}
