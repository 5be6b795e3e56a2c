using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>Makes the projection head, and runs both views through it.</summary>
static class Projection
{
    const string Prefix = "image_mlp.";

    public static void Setup(
        in SimClrOptions options, in BackboneShape image, in Seed seed, out ProjectionHead head,
        Append<Trainable> parts)
    {
        head = new(image.Width, options);
        head.Initialize(seed.Initialization("simclr"));
        parts.Add(new(Prefix, head));
    }

    /// <summary>Keeps the buffers of the head. The weights are made before, which may move the buffers to
    /// another device.</summary>
    public static void Statistics(in Weights weights, out RunningStatistics statistics) =>
        statistics = new(weights.Buffers
            .Where(buffer => buffer.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary());

    /// <summary>Projects the pooled image feature of each view, before the shared space, as SLIP does. The views go
    /// through the head one after the other, so batch norm normalises each by itself.</summary>
    public static void Project(
        in ProjectionHead head, in ViewFeatures views, ref RunningStatistics statistics,
        out ViewEmbeddings embeddings) =>
        embeddings = new(head.Project(views.First), head.Project(views.Second));
}
