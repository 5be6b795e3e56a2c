using Rils.Configuration.Settings;
using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>The world computes in <see cref="Precision.Bf16"/>.</summary>
sealed record MixedPrecision : IShared;
