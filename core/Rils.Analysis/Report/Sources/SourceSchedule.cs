namespace Rils.Analysis.Report.Sources;

/// <summary>The schedule of a run of a report.</summary>
/// <param name="Run">The run.</param>
/// <param name="Schedule">The order in which the run's systems ran.</param>
sealed record SourceSchedule(SourceRun Run, Schedule Schedule);
