using Rils.Measures;
using static TorchSharp.torch;

namespace Rils.ZeroShot;

/// <summary>Makes one vector per class from prompt templates (Radford et al. 2021).</summary>
static class ClassEmbeddings
{
    // Bounds the memory of the text encoder's activations; changes no result.
    const int TextsAtOnce = 256;

    /// <summary>For each class the mean of its sentences' unit vectors, scaled to length 1 again: <c>[classes,
    /// dimensions]</c>.</summary>
    public static Tensor Make(ArmModel model, IReadOnlyList<string> phrases, IReadOnlyList<string> templates)
    {
        using var scope = NewDisposeScope();
        var parts = phrases.Chunk(Math.Max(1, TextsAtOnce / templates.Count))
            .Select(chunk => Part(model, chunk, templates)).ToArray();
        return cat(parts).MoveToOuterDisposeScope();
    }

    static Tensor Part(ArmModel model, string[] phrases, IReadOnlyList<string> templates)
    {
        using var scope = NewDisposeScope();
        string[] texts = [.. from phrase in phrases from template in templates select template.Replace("{}", phrase)];
        var means = model.EmbedTexts(texts).view(phrases.Length, templates.Count, -1).mean([1L]);
        return Similarity.Unit(means).MoveToOuterDisposeScope();
    }
}
