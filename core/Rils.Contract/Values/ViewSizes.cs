using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The views that <c>[data.views]</c> makes of each image, for systems of Setup.</summary>
/// <param name="All">The side of each view, in pixels, in the order of <see cref="AugmentedViews"/>.</param>
public sealed record ViewSizes(IReadOnlyList<int> All) : IShared;
