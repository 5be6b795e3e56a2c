using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Files;

namespace Rils.Engine.Datasets.Vocabulary;

/// <summary>Learns the vocabulary of a tokenizer from all captions of some data.</summary>
/// <param name="registry">Has the plugins' trainers.</param>
/// <param name="data">The data.</param>
/// <param name="tell">Takes the progress, after each sample.</param>
public sealed class VocabularyLearning(PluginRegistry registry, OpenedData data, Action<DataProgress> tell)
{
    const string Table = "data.tokenizer";

    int captions, bad;

    /// <summary>Finds the trainer of a kind of tokenizer.</summary>
    /// <exception cref="ExperimentException">No loaded plugin has the kind, or it learns nothing.</exception>
    public static IVocabularyTrainer TrainerOf(PluginRegistry registry, string kind)
    {
        var able = registry.Entries.Where(entry => entry.Table == Table && registry.TrainerOf(entry) is not null)
            .Select(entry => entry.Name).OfType<string>().ToArray();
        return registry.Find(Table, kind) is { } entry && registry.TrainerOf(entry) is { } trainer ? trainer
            : throw new ExperimentException([new(SourceSpan.WholeFile($"--tokenizer {kind}"),
                $"no loaded plugin learns a vocabulary for [{Table}] kind `{kind}`{Nearest.Hint(kind, able, ".")} "
                + (able.Length > 0 ? $"Kinds that learn: {string.Join(", ", able)}." : "No loaded kind learns one."))]);
    }

    /// <summary>Learns, and writes the vocabulary as a whole or not at all.</summary>
    /// <param name="kind">The kind of tokenizer.</param>
    /// <param name="size">The most token ids.</param>
    /// <param name="file">The path of the file.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <returns>Number of token ids, of captions that were read, and of samples that could not be read.</returns>
    /// <exception cref="ArgumentException">The size is too small for the kind.</exception>
    /// <exception cref="InvalidDataException">The data has no captions.</exception>
    public (int Ids, int Captions, int Bad) Learn(string kind, int size, string file, CancellationToken stopping)
    {
        var (trainer, ids) = (TrainerOf(registry, kind), 0);
        if (!data.Source.Components.Contains(typeof(Captions))) throw NoCaptions();
        DurableFile.Write(file, stream =>
        {
            ids = trainer.Learn(Captions(stopping), size, stream);
            if (captions == 0) throw NoCaptions();
        });
        return (ids, captions, bad);
    }

    InvalidDataException NoCaptions() =>
        new($"no sample of {string.Join(", ", data.Patterns)} has a caption: a vocabulary is learned from captions");

    IEnumerable<string> Captions(CancellationToken stopping)
    {
        foreach (var read in new SampleScan(data.Source, typeof(Captions)) { WithImages = false }.From(
            0, (_, sample) => sample.Find<Captions>()?.Texts ?? [], stopping))
        {
            if (read.Value is null) bad++;
            foreach (var caption in read.Value ?? [])
            {
                captions++;
                yield return caption;
            }
            tell(new(read.Index + 1, data.Source.Count, 0));
        }
    }
}
