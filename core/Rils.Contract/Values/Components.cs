using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>One component of each sample of the batch, in the order of the batch: for systems of <c>Prepare</c>. A
/// system that reads this type makes the component needed: sources decode it, and a sample without it is a bad sample,
/// in whose place another one comes.</summary>
/// <typeparam name="T">The component's type: <see cref="Label"/>.</typeparam>
/// <param name="All">A component for each place.</param>
public sealed record Components<T>(IReadOnlyList<T> All) : IShared where T : class;
