using CsCheck;
using Rils.Bpe;

namespace Rils.Tests.Plugins.Bpe;

public sealed class BpeTrainerTests
{
    static readonly Gen<string[]> corpora = Gen.String[Gen.Char["aabbbcdé '"], 1, 12].Array[1, 12];

    [Fact]
    public void Merges_are_those_of_counting_everything_again() =>
        Gen.Select(corpora, Gen.Int[0, 25]).Sample((corpus, merges) =>
        {
            var words = corpus.SelectMany(text => WordSplitter.Split(CaptionText.Clean(text)));
            var expected = NaiveBpe.Learn(words, merges);
            var actual = BpeTrainer.Learn(corpus, 514 + merges).Merges.Select(merge => (merge.Left, merge.Right));
            Assert.Equal(expected, actual);
        }, iter: 1000);

    [Fact]
    public void The_order_of_the_captions_does_not_matter() => corpora.Sample(corpus =>
        Assert.Equal(BpeTrainer.Learn(corpus, 560).Merges, BpeTrainer.Learn(corpus.Reverse(), 560).Merges), iter: 300);

    [Fact]
    public void A_vocabulary_is_read_as_it_was_written() => corpora.Sample(corpus =>
    {
        using var folder = new TemporaryFolder();
        var learned = BpeTrainer.Learn(corpus, 560);
        learned.Write(folder.File("merges.txt"));
        var read = Vocabulary.Read(folder.File("merges.txt"));
        Assert.Equal(learned.Merges, read.Merges);
        Assert.Equal(learned.Size, read.Size);
    }, iter: 50);

    [Fact]
    public void A_size_without_room_for_bytes_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BpeTrainer.Learn(["a"], 513));
}
