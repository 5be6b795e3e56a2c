using Microsoft.Extensions.Logging;
using TorchSharp;

namespace Fixture.Services;

/// <summary>Keeps the patches whose noise is smallest, and logs that it was made.</summary>
public sealed class FirstShare : IMasking
{
    readonly ServicesOptions options;
    readonly Share share;

    /// <summary>As the container calls it.</summary>
    public FirstShare(Share share, ILogger<FirstShare> logger, ExperimentContext context, ServicesOptions options)
    {
        (this.share, this.options) = (share, options);
        logger.LogInformation("one of {Of} patches of images of {Size} pixels", options.Of, context.ImageSize);
    }

    /// <inheritdoc/>
    public int Visible(int patches) => share.One(patches, options.Of);

    /// <inheritdoc/>
    public PatchMask Mask(torch.Tensor noise, PatchGrid grid) => PatchMask.KeepSmallest(noise, Visible(grid.Count));
}
