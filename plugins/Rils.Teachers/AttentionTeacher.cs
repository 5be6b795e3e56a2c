using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>A backbone whose class token says by attention what matters in an image.</summary>
/// <param name="Backbone">The module.</param>
/// <param name="Maps">The same module, which tells what its layers attend to.</param>
sealed record AttentionTeacher(Backbone Backbone, IAttentionMaps Maps) : ICountsFlops
{
    public string Pass => "teacher attention";

    public bool IsConstant => true;

    public long Flops(int visible) => Maps.AttentionFlops(Last);

    int[] Last => [Maps.AttentionLayers];

    /// <summary>The teacher of a backbone.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="title">The backbone in messages: <c>[teacher]</c>.</param>
    /// <exception cref="ArgumentException">The backbone gives no attention maps, or has no class token.</exception>
    public static AttentionTeacher Of(Backbone backbone, string title) =>
        backbone is IAttentionMaps { AttentionPrefix: > 0 } maps ? new(backbone, maps)
            : throw new ArgumentException($"{title} does not tell what its class token attends to, which a system of "
                + "the arm reads: take a [backbone] that gives attention maps and has a class token, such as a vit, or "
                + "another [masking]");

    /// <summary>Makes the pass, without gradients.</summary>
    public TeacherAttention Attend(Images images, BatchParts cut)
    {
        using var constant = no_grad();
        var (maps, last, prefix) = (Maps, Last, Maps.AttentionPrefix);
        return new(cut.Encode(Backbone, parts => OfClassToken(maps.Attention(parts[0], last)[0], prefix),
            images.Pixels));
    }

    static Tensor OfClassToken(Tensor map, int prefix) =>
        map.select(2, 0).narrow(2, prefix, map.shape[3] - prefix).contiguous();
}
