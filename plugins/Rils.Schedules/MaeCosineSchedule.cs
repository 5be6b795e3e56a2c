namespace Rils.Schedules;

/// <summary>MAE's <c>adjust_learning_rate</c>, once per step: the warm-up starts at zero and may end between two
/// steps.</summary>
sealed class MaeCosineSchedule(MaeCosineOptions options, ExperimentContext run) : ISchedule
{
    readonly double warmup = Warmup.Steps(options, run);

    /// <inheritdoc/>
    public double LearningRate(long step)
    {
        if (step < warmup) return options.LearningRate * step / warmup;
        var progress = (Math.Min(step, run.Steps) - warmup) / (run.Steps - warmup);
        return HalfCosine.Between(options.LearningRate, options.FinalLearningRate, progress);
    }
}
