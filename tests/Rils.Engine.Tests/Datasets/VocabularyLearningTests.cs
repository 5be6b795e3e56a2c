using System.Text;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Datasets;
using Rils.Engine.Datasets.Vocabulary;
using Rils.Engine.Plugins;
using Rils.Tests.Plugins;

namespace Rils.Tests.Engine.Datasets;

/// <summary>A third party's tokenizer learns by the same command as ours.</summary>
public sealed class VocabularyLearningTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly PluginRegistry registry =
        PluginRegistry.Of(("Alice", new WordsPlugin()), ("Rils.Bpe", new Bpe.BpePlugin()));

    public void Dispose()
    {
        registry.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Each_caption_is_learned_from_once_in_the_order_of_the_data()
    {
        var (ids, captions, bad) = Learn("alice/words", Sample("a", "one", "two"), Sample("b"), Sample("c", "three"),
            Sample("d", "half \uD83D").WithFault<Captions>("its caption is broken"));
        Assert.Equal((3, 3, 1), (ids, captions, bad));
        Assert.Equal("one\ntwo\nthree\n", File.ReadAllText(folder.File("words.txt")));
    }

    [Fact]
    public void Data_without_captions_leaves_no_file()
    {
        Assert.Contains("no sample of /listed has a caption",
            Assert.Throws<InvalidDataException>(() => Learn("alice/words", Sample("a"))).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_size_that_the_trainer_refuses_leaves_no_file()
    {
        Assert.StartsWith("a vocabulary of kind \"bpe\" has at least 514 ids",
            Assert.Throws<ArgumentException>(() => Learn("bpe", Sample("a", "one"))).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_kind_that_learns_nothing_is_told_with_those_that_learn() => Assert.Equal(
        "--tokenizer clip: no loaded plugin learns a vocabulary for [data.tokenizer] kind `clip`. "
        + "Kinds that learn: bpe, alice/words.",
        Assert.Throws<ExperimentException>(() => VocabularyLearning.TrainerOf(registry, "clip")).Message);

    (int, int, int) Learn(string kind, params Sample[] samples)
    {
        using var data = new OpenedData(new ListedSource(samples), "listed", [], ["/listed"]);
        return new VocabularyLearning(registry, data, _ => { })
            .Learn(kind, 100, folder.File("words.txt"), CancellationToken.None);
    }

    static Sample Sample(string key, params string[] captions)
    {
        var sample = new Sample(key, "image"u8.ToArray());
        return captions.Length == 0 ? sample : sample.With(new Captions(captions));
    }

    sealed class WordsPlugin : IPlugin
    {
        public void Configure(IRilsBuilder rils) => rils
            .Tokenizer<WordsOptions>("words", static (_, _) => throw new NotSupportedException())
            .LearnsVocabulary<WordsTrainer>("words");
    }

    public sealed record WordsOptions
    {
        /// <summary>A file of words.</summary>
        [ExperimentPath]
        public string? Words { get; init; }
    }

    sealed class WordsTrainer : IVocabularyTrainer
    {
        public int Learn(IEnumerable<string> captions, int size, Stream file)
        {
            var words = captions.ToList();
            foreach (var word in words) file.Write(Encoding.UTF8.GetBytes($"{word}\n"));
            return words.Count;
        }
    }
}
