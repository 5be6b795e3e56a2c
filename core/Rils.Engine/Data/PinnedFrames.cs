using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>Marks a world with an arm on a CUDA device: the device copies frames from pinned memory while the lanes go
/// on.</summary>
sealed record PinnedFrames : IShared;
