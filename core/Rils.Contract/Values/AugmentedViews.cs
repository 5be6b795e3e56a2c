using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Two more views of each image of the batch, on the device of the lane, each cropped and changed on its own
/// (Chen et al. 2020, section 2.1). The engine makes them with <c>[data.views]</c> where a system of an arm reads
/// them.</summary>
/// <param name="First">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>. All arms read this tensor: do not change
/// it.</param>
/// <param name="Second">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>: each row is another view of the image in
/// that row of <paramref name="First"/>. All arms read this tensor: do not change it.</param>
public sealed record AugmentedViews(Tensor First, Tensor Second) : IShared;
