using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The length of the run, for systems whose work follows a schedule; all arms share it.</summary>
/// <param name="Steps">The number of optimizer steps of the whole run; at least 1.</param>
public sealed record RunLength(long Steps) : IShared;
