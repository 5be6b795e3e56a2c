using Rils.WebDataset;

namespace Rils.Tests.Plugins.WebDataset;

public sealed class JsonCaptionTests
{
    [Theory]
    [InlineData("""{"caption": "a boat"}""", "a boat")]
    [InlineData(
        """{"a": NaN, "b": [Infinity, -Infinity], "caption": "NaN and -Infinity, \"NaN\"", "c": {"caption": "no"}}""",
        "NaN and -Infinity, \"NaN\"")]
    [InlineData("""{"url": "\ud83d", "\ud83d": 1, "caption": "whole \ud83d\ude00"}""", "whole \U0001F600")]
    [InlineData("""{"caption": "first", "caption": "last"}""", "last")]
    [InlineData("""{"caption": ["", " one ", "two"]}""", "one|two")]
    [InlineData("""{"caption": [null, "two"]}""", "two")]
    [InlineData("""{"caption": [" "]}""", "")]
    [InlineData("""{"caption": null}""", "")]
    [InlineData("""{"text": "a"}""", "")]
    [InlineData("""["caption"]""", "")]
    [InlineData("NaN", "")]
    public void The_captions_are_found(string json, string captions) =>
        Assert.Equal(captions, string.Join('|', JsonCaption.Read(json)));

    [Theory]
    [InlineData("{", "is broken")]
    [InlineData("""{"caption": Nan}""", "is broken")]
    [InlineData("""{"caption": "a""", "is broken")]
    [InlineData("""{"caption": 3}""", "has a caption that is no text")]
    [InlineData("""{"caption": [1, 2]}""", "has a caption that is a list of other things than texts")]
    [InlineData("""{"caption": "cut \ud83d"}""", "has a caption with half of a surrogate pair")]
    [InlineData("""{"caption": ["\ude00", "b"]}""", "has a caption with half of a surrogate pair")]
    public void What_is_no_caption_is_told(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => JsonCaption.Read(json)).Message);
}
