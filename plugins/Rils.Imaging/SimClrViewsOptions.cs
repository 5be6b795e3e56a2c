using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>Options of <c>[data.views] kind = "simclr"</c>. Makes views of each image for objectives that compare
/// them, where some arm reads views. The defaults are those of SLIP's trainer. With <c>small_views</c> this is
/// multi-crop (SwAV; Caron et al. 2020).</summary>
public sealed record SimClrViewsOptions : CropOptions
{
    /// <summary>Makes the options of SLIP's trainer.</summary>
    public SimClrViewsOptions() : base(least: 0.08) => (JitterShare, GreyShare, BlurShare) = (0.8, 0.2, 0.5);

    /// <summary>Share of the views that are mirrored. SLIP: 0.5.</summary>
    [Range(0.0, 1.0)]
    public double FlipShare { get; init; } = 0.5;

    /// <summary>Number of views of each image, at the size in <c>[data] image</c>. SLIP, SwAV: 2.</summary>
    [Range(1, 64)]
    public int Views { get; init; } = 2;

    /// <summary>Number of further, small views of each image, which cost little to encode. SLIP: 0; SwAV: 6, beside two
    /// views of `scale = [0.14, 1]`.</summary>
    [Range(0, 64)]
    public int SmallViews { get; init; }

    /// <summary>Side of the small views, in pixels; a multiple of a ViT's patch. SwAV: 96, beside 224.</summary>
    [Range(1, 65536)]
    public int SmallSize { get; init; } = 96;

    /// <summary>Smallest and largest area of the small views' crops, as a share of the image's area. SwAV: 0.05 to
    /// 0.14.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] SmallScale { get; init; } = [0.05, 0.14];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var mistake in base.Validate(validationContext)) yield return mistake;
        if (ScaleMistake("small_scale", SmallScale) is { } wrong) yield return new(wrong, [nameof(SmallScale)]);
    }
}
