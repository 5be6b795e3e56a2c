using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>The number of optimizer steps of a run.</summary>
sealed record RunLength(long Steps) : IShared;
