using CsCheck;
using Rils.Bpe;

namespace Rils.Tests.Plugins.Bpe;

public sealed class BpeTokenizerTests
{
    static readonly string[] captions =
    [
        "a star, stars, shapes", "the tall stars of a flag", "flag of Österreich", "flags, flagged, flagging",
        "naïve café, cafés", "стол столы стола", "star-shaped 3 30 33",
    ];

    static readonly Gen<string> texts = Gen.Frequency(
        (6, Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz     ''.,!-"], 0, 30]),
        (2, Gen.String[Gen.Char, 0, 20]),
        (2, Gen.Int[0, captions.Length - 1].Select(i => captions[i])));

    static readonly Vocabulary small = BpeTrainer.Learn(captions, 600);

    [Fact]
    public void Ids_are_those_of_textbook_encoding() => AgreesWithTextbook(small);

    [SkippableFact]
    public void Ids_are_those_of_textbook_encoding_with_the_vocabulary_of_CLIP()
    {
        Skip.If(ClipVocabulary.Path is null, ClipVocabulary.Missing);
        AgreesWithTextbook(Vocabulary.Read(ClipVocabulary.Path, 48894));
    }

    static void AgreesWithTextbook(Vocabulary vocabulary)
    {
        var tokenizer = new BpeTokenizer(vocabulary);
        var ranks = vocabulary.Merges.Select((merge, rank) => (merge, rank))
            .ToDictionary(item => (item.merge.Left, item.merge.Right), item => item.rank);
        texts.Sample(text =>
        {
            var words = WordSplitter.Split(CaptionText.Clean(text))
                .Where(word => word is not ("<|startoftext|>" or "<|endoftext|>"));
            var expected = words.SelectMany(word => NaiveBpe.Encode(word, ranks))
                .Select(symbol => vocabulary.Ids[symbol]);
            var actual = tokenizer.Encode(text, 4096);
            Assert.Equal(expected, actual[1..^1]);
        }, iter: 3000, threads: 4);
    }

    [Fact]
    public void Every_byte_has_an_id_inside_and_at_the_end_of_a_word()
    {
        var ids = ByteAlphabet.Letters.SelectMany(letter =>
            new[] { small.Ids[letter.ToString()], small.Ids[letter + "</w>"] });
        Assert.Equal(Enumerable.Range(0, 512), ids.Order());
        var letters = ByteAlphabet.Spell("\u0000\u0001 ÿ\u00AD");
        Assert.Equal(string.Concat(NaiveBpe.Symbols("\u0000\u0001 ÿ\u00AD").Select(symbol => symbol[0])), letters);
    }

    [Fact]
    public void Ids_spell_the_cleaned_text() => texts.Sample(text =>
    {
        var symbols = small.Ids.ToDictionary(entry => entry.Value, entry => entry.Key);
        var words = WordSplitter.Split(CaptionText.Clean(text))
            .Where(word => word is not ("<|startoftext|>" or "<|endoftext|>"));
        var spelled = string.Concat(new BpeTokenizer(small).Encode(text, 4096)[1..^1].Select(id => symbols[id]));
        Assert.Equal(string.Concat(words.Select(word => ByteAlphabet.Spell(word) + "</w>")), spelled);
    }, iter: 300);

    [Fact]
    public void A_long_text_is_cut_and_still_ends_with_end_of_text()
    {
        var tokenizer = new BpeTokenizer(small);
        var whole = tokenizer.Encode("the tall stars of a flag", 4096);
        Assert.Equal(tokenizer.VocabularySize - 2, whole[0]);
        for (var context = 2; context <= whole.Length + 2; context++)
        {
            var ids = tokenizer.Encode("the tall stars of a flag", context);
            Assert.Equal(Math.Min(context, whole.Length), ids.Length);
            Assert.Equal(whole[..(ids.Length - 1)], ids[..^1]);
            Assert.Equal(tokenizer.VocabularySize - 1, ids[^1]);
        }
    }

    [Fact]
    public void Special_tokens_in_a_text_are_themselves()
    {
        var tokenizer = new BpeTokenizer(small);
        var (start, end) = (tokenizer.VocabularySize - 2, tokenizer.VocabularySize - 1);
        Assert.Equal([start, start, end, end], tokenizer.Encode(" <|StartOfText|> <|endoftext|>", 77));
    }

    [Fact]
    public void Threads_get_what_one_thread_gets()
    {
        var many = Enumerable.Range(0, 2000)
            .Select(i => $"{captions[i % captions.Length]} {i} {(char)('a' + i % 26)}{i % 7}").ToArray();
        var alone = new BpeTokenizer(small);
        var expected = many.Select(text => alone.Encode(text, 77)).ToArray();
        var shared = new BpeTokenizer(small);
        var actual = new int[many.Length][];
        Parallel.For(0, many.Length, new() { MaxDegreeOfParallelism = 8 }, i => actual[i] = shared.Encode(many[i], 77));
        Assert.Equal(expected, actual);
    }
}
