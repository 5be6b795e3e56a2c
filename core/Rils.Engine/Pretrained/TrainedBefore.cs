using Rils.Scheduling;

namespace Rils.Engine.Pretrained;

/// <summary>Marks a world whose arms were trained before and are only used: every tensor of an arm comes from given
/// weights, and no step follows.</summary>
sealed record TrainedBefore : IShared;
