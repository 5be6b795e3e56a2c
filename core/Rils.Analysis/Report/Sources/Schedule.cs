using Rils.Scheduling;

namespace Rils.Analysis.Report.Sources;

/// <summary>The order in which the run's systems ran.</summary>
/// <param name="Plan">The plan; null where it could not be made again.</param>
/// <param name="Notes">Lines for the reader, such as why there is no plan.</param>
/// <param name="NameOf">The name by which a file gives the type that a pruned system lacks; null takes the type's own
/// name.</param>
public sealed record Schedule(Plan? Plan, IReadOnlyList<string> Notes, Func<Type, string?>? NameOf = null);
