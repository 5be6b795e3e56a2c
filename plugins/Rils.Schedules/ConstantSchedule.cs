namespace Rils.Schedules;

sealed class ConstantSchedule(ConstantOptions options) : ISchedule
{
    /// <inheritdoc/>
    public double LearningRate(long step) => options.LearningRate;
}
