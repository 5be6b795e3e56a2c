using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>The projection head: made, then run over both views.</summary>
static class Projection
{
    const string Prefix = "image_mlp.";

    public static void Setup(in SimClrOptions options, in BackboneShape image, in Seed seed, out ProjectionHead head, Append<Trainable> parts)
    {
        head = new(image.Width, options);
        head.Initialize(seed.Initialization("simclr"));
        parts.Add(new(Prefix, head));
    }

    /// <summary>Behind the weights, whose making may move the buffers to another device.</summary>
    public static void Statistics(in Weights weights, out RunningStatistics statistics) => statistics = new(
        weights.Buffers.Where(buffer => buffer.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary());

    /// <summary>Of each view the image feature before the shared space, as SLIP takes it; the views go through the head one after the other, each
    /// normalised by itself.</summary>
    public static void Project(in ProjectionHead head, in ViewTokens tokens, ref RunningStatistics statistics, out ViewEmbeddings embeddings) =>
        embeddings = new(head.Project(ImageTokens.Pool(tokens.First)), head.Project(ImageTokens.Pool(tokens.Second)));
}
