using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>How many optimizer steps the run has.</summary>
sealed record RunLength(long Steps) : IShared;
