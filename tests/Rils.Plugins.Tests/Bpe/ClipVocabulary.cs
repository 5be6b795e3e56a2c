using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Bpe;

/// <summary>CLIP's vocabulary file, which is not in the repository.</summary>
static class ClipVocabulary
{
    const string Variable = "RILS_CLIP_VOCABULARY";

    public static readonly string? Path = Find();

    public const string Missing =
        "CLIP's bpe_simple_vocab_16e6.txt.gz is neither in ../shared/data/clip beside the repository "
            + $"nor named by {Variable}";

    static string? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named)) return named;
        var shared = System.IO.Path.Combine(Repository.Root, "..", "shared", "data", "clip",
            "bpe_simple_vocab_16e6.txt.gz");
        return File.Exists(shared) ? shared : null;
    }
}
