using System.Formats.Tar;
using System.Text;
using Rils.Bpe;
using Rils.Tests.Plugins.Imaging;
using Rils.Tests.Plugins.WebDataset;

namespace Rils.Tests.Cli;

/// <summary>A folder with generated data, and an experiment that trains arms of width 16 on it.</summary>
public sealed class Toy : IDisposable
{
    const int Samples = 64;
    static readonly string[] Things = ["a red boat",
        "a small dog", "two green trees", "a house on a hill", "an old clock"];
    readonly string folder = Directory.CreateTempSubdirectory("rils-cli-").FullName;

    public Toy()
    {
        string[] captions = [.. Enumerable.Range(0, Samples).Select(i => $"{Things[i % Things.Length]}, number {i}")];
        Shard.Write(this["toy-0.tar"], TarEntryFormat.Ustar,
            captions.Index().SelectMany(sample => Files(sample.Index, sample.Item)));
        BpeTrainer.Learn(captions, 560).Write(this["bpe.txt"]);
        File.WriteAllText(Experiment, Text);
    }

    /// <summary>Writes the first samples to data of their own, <c>held-*.tar</c>.</summary>
    public void Hold(int samples) => Shard.Write(this["held-0.tar"], TarEntryFormat.Ustar,
        Enumerable.Range(0, samples).SelectMany(i => Files(i, $"{Things[i % Things.Length]}, number {i}")));

    public string this[string name] => Path.Combine(folder, name);

    /// <summary>The path of the experiment file, whose line numbers are those of <see cref="Text"/>.</summary>
    public string Experiment => this["toy.toml"];

    /// <summary>The experiment. The depths are those of the golden case rils-tiny, so that the weights have its
    /// names.</summary>
    public const string Text = """
        name  = "toy"
        steps = 12
        [data]
        kind  = "webdataset"
        train = "toy-*.tar"
        batch = 16
        image = 32
        tokenizer = { kind = "bpe", vocabulary = "bpe.txt" }
        augmentation = { kind = "random-resized-crop" }
        [backbone]
        kind  = "vit"
        patch = 8
        width = 16
        depth = 2
        heads = 2
        [text]
        kind  = "transformer"
        context = 16
        width = 16
        depth = 2
        heads = 2
        [space]
        kind = "linear"
        dim = 16
        [optimizer]
        kind = "adamw"
        [schedule]
        kind = "cosine"
        learning_rate = 1e-3
        warmup_steps = 2
        [[objective]]
        kind = "contrastive"
        [[arm]]
        name = "rils"
        masking = { kind = "random", ratio = 0.75 }
        decoder = { kind = "mae" }
        target = { kind = "language" }
        [[arm]]
        name = "clip"
        [[head]]
        kind = "retrieval"
        data = "toy-*.tar"
        """;

    /// <summary>Writes another experiment into the folder and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static IEnumerable<(string, byte[])> Files(int index, string caption)
    {
        var (width, height) = (40 + index % 7, 36 + index % 5);
        yield return ($"{index:000}.jpg", Picture.Jpeg(Picture.Waves(width, height), width, height));
        yield return ($"{index:000}.txt", Encoding.UTF8.GetBytes(caption));
    }
}
