using Rils.Ecs;

namespace Rils.Engine.Training;

/// <summary>How many samples the models encode at a time; set where that is fewer than the batch.</summary>
sealed record Chunk(int Samples) : IShared;
