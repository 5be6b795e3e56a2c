using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>Makes the projection head, and runs the views through it.</summary>
static class Projection
{
    const string Prefix = "image_mlp.";

    public static void Setup(
        in SimClrOptions options, in BackboneShape image, in ViewSizes views, in Seed seed, out ProjectionHead head,
        Append<Trainable> parts)
    {
        if (views.All.Count < 2)
            throw new InvalidOperationException("[data.views] makes a single view of each image, and the objective "
                + "simclr compares views: let it make two or more, with views = 2 say");
        head = new(image.Width, options, views.All.Count);
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
        out ViewEmbeddings embeddings)
    {
        var own = head;
        embeddings = new([.. views.All.Select(own.Project)]);
    }
}
