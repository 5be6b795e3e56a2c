using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>One component of each sample of the batch, where the sample has it, in the order of the batch: for systems
/// of <c>Prepare</c>. Sources decode the component; unlike with <see cref="Components{T}"/>, a sample without it stays
/// in the batch.</summary>
/// <typeparam name="T">The component's type.</typeparam>
/// <param name="All">A component for each place; null where the sample has none.</param>
public sealed record OptionalComponents<T>(IReadOnlyList<T?> All) : IShared where T : class;
