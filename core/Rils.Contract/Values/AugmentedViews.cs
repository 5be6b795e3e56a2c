using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Further views of each image of the batch, on the device of the lane, each cropped and changed on its own
/// (Chen et al. 2020). The engine makes them with <c>[data.views]</c> where a system of an arm reads
/// them.</summary>
/// <param name="All">The views, in the order of <see cref="ViewSizes"/>. Each holds normalised pixels, fp32
/// <c>[batch, 3, size, size]</c>: row n is a view of the batch's image n. All arms read these tensors: do not change
/// them.</param>
public sealed record AugmentedViews(IReadOnlyList<Tensor> All) : IShared;
