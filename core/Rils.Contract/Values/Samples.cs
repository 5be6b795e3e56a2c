using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The samples of the batch, in the order of the batch, without their image bytes: for systems of
/// <c>Prepare</c>.</summary>
/// <param name="All">One sample for each place. A sample has the components that some system reads as
/// <see cref="Components{T}"/>, and may have others.</param>
public sealed record Samples(IReadOnlyList<Sample> All) : IShared;
