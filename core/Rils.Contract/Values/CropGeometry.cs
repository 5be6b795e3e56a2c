using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The part of its image that each place of the batch shows, for systems of <c>Prepare</c> that must move
/// boxes or masks along with the pixels.</summary>
/// <param name="Images">The parts that <see cref="Images"/> show, in the order of the batch.</param>
/// <param name="Views">For each of the <see cref="AugmentedViews"/>, the parts that it shows, in the order of the
/// batch; empty where no arm reads views.</param>
public sealed record CropGeometry(
    IReadOnlyList<ImageCrop> Images, IReadOnlyList<IReadOnlyList<ImageCrop>> Views) : IShared;
