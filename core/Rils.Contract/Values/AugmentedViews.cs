using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Two more views of the batch's images on this device, each cropped and changed by itself (Chen et al. 2020, section 2.1). Made by
/// <c>[data.views]</c> where some arm reads them.</summary>
/// <param name="First">Normalised, fp32 <c>[batch, 3, size, size]</c>. Not to be changed: all arms read it.</param>
/// <param name="Second">The same; each row is another view of the image in that row of <paramref name="First"/>.</param>
public sealed record AugmentedViews(Tensor First, Tensor Second) : IShared;
