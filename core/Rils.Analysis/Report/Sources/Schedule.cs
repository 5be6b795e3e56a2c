using Rils.Scheduling;

namespace Rils.Analysis.Report.Sources;

/// <summary>What the report shows of the order in which the run's systems ran.</summary>
/// <param name="Plan">Null where it could not be made again.</param>
/// <param name="Notes">What to know of it, a line each: why there is none, say.</param>
/// <param name="NameOf">What to call a type that a pruned system lacks, as the reader would give it; null for the type's own name.</param>
public sealed record Schedule(Plan? Plan, IReadOnlyList<string> Notes, Func<Type, string?>? NameOf = null);
