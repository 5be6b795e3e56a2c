using Rils.Bpe;

namespace Rils.Tests.Plugins.Bpe;

/// <summary>Against what Python's <c>html.unescape</c>, <c>str.lower</c> and <c>re</c> give.</summary>
public sealed class CaptionTextTests
{
    [Theory]
    [InlineData("AT&amp;T", "at&t")]
    [InlineData("&amp;amp;lt;", "&lt;")] // twice, not three times
    [InlineData("&copy 2020 &notit; &notin; &nosuch;", "© 2020 ¬it; ∉ &nosuch;")]
    [InlineData("&#65;&#x42;&#x43 &#128; &#0; &#xD800; &#x1F600;", "abc € \uFFFD \uFFFD \U0001F600")]
    [InlineData("&#1;&#xFFFE;&#99999999999;|", "\uFFFD|")]
    [InlineData("  tabs\tand\r\nlines\u001C\u00A0\u2003\u0085end ", "tabs and lines end")]
    [InlineData("İSTANBUL", "i\u0307stanbul")]
    [InlineData("ΟΔΟΣ Σ ΣΑΣ. ΑΣ'Α", "οδος σ σας. ασ'α")]
    [InlineData("\U00010400 ǅ ẞ", "\U00010428 ǆ ß")]
    [InlineData("", "")]
    [InlineData(" &nbsp; ", "")]
    public void A_text_is_cleaned_as_Python_cleans_it(string text, string expected) =>
        Assert.Equal(expected, CaptionText.Clean(text));

    [Theory]
    [InlineData("it's we'll i'd o'neil", "it|'s|we|'ll|i|'d|o|'|neil")]
    [InlineData("a1 23 ½x", "a|1|2|3|½|x")]
    [InlineData("wow!!! <|endoftext|>!<|endoftext|>", "wow|!!!|<|endoftext|>|!<|endoftext||>", '\0')]
    [InlineData("\U0001D4B6b\U0001F431\U0001F431", "\U0001D4B6b|\U0001F431\U0001F431")]
    [InlineData("日本語のテキスト、x", "日本語のテキスト|、|x")]
    public void A_text_is_split_as_CLIP_splits_it(string text, string expected, char separator = '|')
    {
        var words = WordSplitter.Split(text);
        if (separator == '|') Assert.Equal(expected.Split('|'), words);
        else Assert.Equal(["wow", "!!!", "<|endoftext|>", "!<|", "endoftext", "|>"], words);
    }
}
