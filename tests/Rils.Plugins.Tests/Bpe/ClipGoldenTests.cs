using System.Text.Json;
using Rils.Bpe;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Bpe;

/// <summary>The ids that CLIP's own tokenizer gives.</summary>
[Trait("Category", "Golden")]
public sealed class ClipGoldenTests
{
    const int Context = 77, ClipMerges = 48894;

    public static TheoryData<string> Cases => new(Folders().SelectMany(CaseFiles).Order(StringComparer.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Ids_are_those_of_CLIP(string file)
    {
        Skip.If(ClipVocabulary.Path is null, ClipVocabulary.Missing);
        var tokenizer = new BpeTokenizer(Vocabulary.Read(ClipVocabulary.Path, ClipMerges));
        Assert.Equal(49408, tokenizer.VocabularySize);
        using var document = JsonDocument.Parse(File.ReadAllText(file));
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

    static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("RILS_GOLDEN") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Prepend(Path.Combine(Repository.Root, "tests", "golden"));

    static IEnumerable<string> CaseFiles(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "clip-bpe.json", SearchOption.AllDirectories) : [];
}
