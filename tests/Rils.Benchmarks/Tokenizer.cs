using BenchmarkDotNet.Attributes;
using Rils.Bpe;
using Rils.WebDataset;

namespace Rils.Benchmarks;

/// <summary>CLIP's byte-pair encoding over the captions of clipart-mini, a caption of some ten words at a time; words
/// that were seen are remembered.</summary>
[MemoryDiagnoser]
public class Tokenizer
{
    const int Captions = 2_000, Context = 32;

    readonly BpeTokenizer tokenizer =
        new(Vocabulary.Read(Repository.Experiments("data", "clipart-mini", "bpe-2048.txt")));
    string[] captions = [];

    [GlobalSetup]
    public void Setup()
    {
        var cache = Directory.CreateTempSubdirectory("rils-benchmarks-").FullName;
        using (var source =
            new WebDatasetSource(new([Repository.Experiments("data", "clipart-mini", "train-*.tar")], cache)))
            captions = [.. Enumerable.Range(0, Captions).Select(i => source.Read(i).Caption!)];
        Directory.Delete(cache, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Captions)]
    public int PerCaption()
    {
        var tokens = 0;
        foreach (var caption in captions) tokens += tokenizer.Encode(caption, Context).Length;
        return tokens;
    }
}
