using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>Some arm of the world is on a CUDA device: it copies frames from pinned memory, while the lanes go on.</summary>
sealed record PinnedFrames : IShared;
