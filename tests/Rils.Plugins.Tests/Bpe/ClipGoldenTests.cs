using System.Text.Json;
using Rils.Bpe;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Bpe;

/// <summary>The tokenizer gives the ids that CLIP's own tokenizer gives.</summary>
[Trait("Category", "Golden")]
public sealed class ClipGoldenTests
{
    const int Context = 77, ClipMerges = 48894;

    [SkippableTheory, MemberData(nameof(GoldenCases.Of), "tokenizer", MemberType = typeof(GoldenCases))]
    public void Ids_are_those_of_CLIP(string folder)
    {
        Skip.If(ClipVocabulary.Path is null, ClipVocabulary.Missing);
        var tokenizer = new BpeTokenizer(Vocabulary.Read(ClipVocabulary.Path, ClipMerges));
        Assert.Equal(49408, tokenizer.VocabularySize);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "clip-bpe.json")));
        Assert.NotEqual(0, document.RootElement.GetArrayLength());
        foreach (var item in document.RootElement.EnumerateArray())
        {
            var text = item.GetProperty("text").GetString()!;
            var expected = item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var actual = tokenizer.Encode(text, Context);
            Assert.True(expected.AsSpan().SequenceEqual(actual),
                $"`{text}`: expected {string.Join(' ', expected)}, got {string.Join(' ', actual)}");
        }
    }
}
