using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Samples;

/// <summary>An arm that learns from frozen vectors of captions, as a stranger wrote it (tests/strangers): what can be
/// known is told before training.</summary>
public sealed class FrozenCaptionsTests : IDisposable
{
    static readonly string data = Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini");

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    Experiment Load(string file, params string[] sets)
    {
        var registry = PluginRegistry.Of(("Rils.Vit", new Models.VitPlugin()),
            ("Rils.TextTransformer", new Models.TextTransformerPlugin()),
            ("Rils.Space", new Models.LinearSpacePlugin()), ("Rils.Contrastive", new Contrastive.ContrastivePlugin()),
            ("Rils.AdamW", new AdamW.AdamWPlugin()), ("Rils.Schedules", new Schedules.SchedulesPlugin()),
            ("Rils.WebDataset", new WebDataset.WebDatasetPlugin()), ("Rils.Bpe", new Bpe.BpePlugin()),
            ("Rils.Imaging", new Imaging.ImagingPlugin()), ("Rils.Retrieval", new Retrieval.RetrievalPlugin()),
            ("Rils.ZeroShot", new ZeroShot.ZeroShotPlugin()), ("Rils.Probes", new Probes.ProbesPlugin()),
            ("FrozenCaptions", new FrozenCaptionsPlugin()));
        return new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, [$"data.train=\"{data}/val-*.tar\"", .. sets]);
    }

    string Arm(string more = "") => tiny.Write("[[arm]]\nname = \"frozen\"\ntext = \"none\"\n"
        + "frozen_captions = { file = \""
        + Path.Combine(Golden.Repository.Root, "tests", "strangers", "FrozenCaptions", "vectors.json") + "\" }", more);

    string Refused(string file, params string[] sets) =>
        Assert.Throws<ExperimentException>(() => Load(file, sets).Dispose()).Message;

    [Fact]
    public void A_caption_without_a_vector_is_a_mistake_of_the_file()
    {
        Load(Arm()).Dispose();
        var few = tiny["few.json"];
        File.WriteAllText(few, "{ \"a red boat\": [1, 2] }");
        Assert.Matches(@"^.+: \[frozen_captions\]: 450 captions of the training data have no vector, as "".+"": "
            + @"add them to .+few\.json", Refused(Arm(), $"arm.frozen.frozen_captions.file=\"{few}\""));
        File.WriteAllText(few, "{ \"a red boat\": [1, 2], \"a dog\": [1] }");
        Assert.Contains("few.json: its vectors have the lengths 2, 1, and all should have one",
            Refused(Arm(), $"arm.frozen.frozen_captions.file=\"{few}\""));
    }

    [Fact]
    public void Heads_that_encode_sentences_are_refused_with_what_would_fit()
    {
        var told = Refused(Arm(TinyExperiment.Retrieval + $"\n[[head]]\nkind = \"zero-shot\"\n"
            + $"data = \"{data}/val-*.tar\"\nclasses = \"{data}/classes.json\""));
        foreach (var head in (string[])["retrieval", "zero-shot"])
            Assert.Matches($@"toml:\d+:\d+: head {head} encodes sentences, which arm frozen cannot: the arm has no "
                + @"\[text\], and frozen_captions of FrozenCaptions makes its texts' vectors from the captions alone\. "
                + @"Give the arm a \[text\] \(kinds: transformer\), or take a head that reads only images", told);
        Load(Arm($"[[head]]\nkind = \"knn\"\ndata = \"{data}/val-*.tar\"\ntrain = \"{data}/val-*.tar\"")).Dispose();
    }
}
