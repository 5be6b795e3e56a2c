using BenchmarkDotNet.Attributes;
using Rils.Bpe;
using Rils.Contract;
using Rils.WebDataset;

namespace Rils.Benchmarks;

/// <summary>CLIP's byte-pair encoding of the captions of clipart-mini, one caption of about ten words at a time. The
/// tokenizer remembers words that it has seen.</summary>
[MemoryDiagnoser]
public class Tokenizer
{
    const int Texts = 2_000, Context = 32;

    readonly BpeTokenizer tokenizer =
        new(Vocabulary.Read(Repository.Experiments("data", "clipart-mini", "bpe-2048.txt")));
    string[] captions = [];

    [GlobalSetup]
    public void Setup()
    {
        var cache = Directory.CreateTempSubdirectory("rils-benchmarks-").FullName;
        using (var source =
            new WebDatasetSource(new([Repository.Experiments("data", "clipart-mini", "train-*.tar")], cache)))
            captions = [.. Enumerable.Range(0, Texts).Select(i =>
                source.Read(i, new HashSet<Type> { typeof(Captions) }).Find<Captions>()!.Texts[0])];
        Directory.Delete(cache, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Texts)]
    public int PerCaption()
    {
        var tokens = 0;
        foreach (var caption in captions) tokens += tokenizer.Encode(caption, Context).Length;
        return tokens;
    }
}
