using Rils.Configuration.Settings;
using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>Marks a world whose models compute in <see cref="Precision.Bf16"/>.</summary>
sealed record MixedPrecision : IShared;
