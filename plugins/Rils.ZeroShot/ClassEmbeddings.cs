using Rils.Measures;
using static TorchSharp.torch;

namespace Rils.ZeroShot;

/// <summary>Makes one vector per class from phrases and prompt templates (Radford et al. 2021).</summary>
static class ClassEmbeddings
{
    // Bounds the memory of the text encoder's activations; changes no result.
    const int TextsAtOnce = 256;

    /// <summary>For each class the mean of its sentences' unit vectors, scaled to length 1 again: <c>[classes,
    /// dimensions]</c>.</summary>
    /// <param name="model">Encodes the sentences.</param>
    /// <param name="phrases">Each class's phrases, at least one.</param>
    /// <param name="templates">The sentences into which each phrase goes.</param>
    public static Tensor Make(
        ArmModel model, IReadOnlyList<IReadOnlyList<string>> phrases, IReadOnlyList<string> templates)
    {
        using var scope = NewDisposeScope();
        var most = phrases.Max(own => own.Count) * templates.Count;
        var parts = phrases.Chunk(Math.Max(1, TextsAtOnce / most)).Select(chunk => Part(model, chunk, templates));
        return cat([.. parts]).MoveToOuterDisposeScope();
    }

    static Tensor Part(
        ArmModel model, IReadOnlyList<IReadOnlyList<string>> phrases, IReadOnlyList<string> templates)
    {
        using var scope = NewDisposeScope();
        string[] texts = [.. from own in phrases
                             from phrase in own
                             from template in templates
                             select template.Replace("{}", phrase, StringComparison.Ordinal)];
        var units = cat([.. texts.Chunk(TextsAtOnce).Select(model.EmbedTexts)]);
        var sizes = phrases.Select(own => (long)own.Count * templates.Count).ToArray();
        var means = units.split(sizes).Select(own => own.mean([0L])).ToArray();
        return Similarity.Unit(stack(means)).MoveToOuterDisposeScope();
    }
}
