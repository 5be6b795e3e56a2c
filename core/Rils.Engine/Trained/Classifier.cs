using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Trained;

/// <summary>Tells which of some texts fits an image best, by a trained arm alone (Radford et al. 2021).</summary>
public sealed class Classifier
{
    // Bounds the memory of the text encoder's activations; changes no result.
    const int TextsAtOnce = 256;

    /// <summary>The place of the text in a template.</summary>
    public const string Place = "{}";

    readonly TrainedArm arm;
    readonly IReadOnlyList<string> texts;
    readonly float[,] vectors;
    readonly double scale;

    /// <summary>Embeds the texts: each is the mean of its sentences' unit vectors, scaled to length 1 again.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="templates">The sentences with <see cref="Place"/> where a text goes.</param>
    /// <exception cref="InvalidOperationException">The arm does not embed texts.</exception>
    /// <exception cref="NotSupportedException">The arm's shared space has no logit scale.</exception>
    public Classifier(TrainedArm arm, IReadOnlyList<string> texts, IReadOnlyList<string> templates)
    {
        (this.arm, this.texts, scale) = (arm, texts, arm.LogitScale());
        string[] sentences = [.. from text in texts
                                 from template in templates
                                 select template.Replace(Place, text, StringComparison.Ordinal)];
        using var scope = NewDisposeScope();
        var units = cat([.. sentences.Chunk(TextsAtOnce).Select(part => tensor(arm.Texts(part)))]);
        var means = units.reshape(texts.Count, templates.Count, -1).mean([1L]);
        vectors = (float[,])nn.functional.normalize(means, dim: -1).data<float>().ToNDArray();
    }

    /// <summary>Scores all texts for each image.</summary>
    /// <param name="pixels">Decoded images of <see cref="TrainedArm.Decode"/>.</param>
    /// <returns>For each image all texts, the most probable first; equal ones in their order.</returns>
    public IReadOnlyList<IReadOnlyList<TextScore>> Score(IReadOnlyList<byte[]> pixels)
    {
        using var scope = NewDisposeScope();
        var images = tensor(arm.Images(pixels, embed: true));
        // Summed in fp64 and then rounded, as the zero-shot head does: equal vectors tie.
        var cosines = images.to(ScalarType.Float64).matmul(tensor(vectors).to(ScalarType.Float64).t())
            .to(ScalarType.Float32).to(ScalarType.Float64);
        var (cosine, probability) = ((double[,])cosines.data<double>().ToNDArray(),
            (double[,])(cosines * Constant.Of(scale)).softmax(1).data<double>().ToNDArray());
        return [.. Enumerable.Range(0, pixels.Count).Select(image => (IReadOnlyList<TextScore>)[.. texts
            .Select((text, place) => new TextScore(text, probability[image, place], cosine[image, place]))
            .OrderByDescending(score => score.Cosine)])];
    }
}
