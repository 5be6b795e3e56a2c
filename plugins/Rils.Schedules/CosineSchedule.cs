namespace Rils.Schedules;

/// <summary>SLIP's <c>cosine_scheduler</c>: the last step of the warm-up has the full learning rate, and so does the
/// step after it.</summary>
sealed class CosineSchedule : ISchedule
{
    readonly CosineOptions options;
    readonly long warmup, run;

    public CosineSchedule(CosineOptions options, ExperimentContext run)
    {
        this.options = options;
        this.run = run.Steps;
        // Whole steps; at least one step of the run comes after them.
        warmup = Math.Min((long)Math.Round(Warmup.Steps(options, run)), run.Steps - 1);
    }

    /// <inheritdoc/>
    public double LearningRate(long step)
    {
        if (step < warmup) return Rising(step);
        var progress = (double)(Math.Min(step, run) - warmup) / (run - warmup);
        return HalfCosine.Between(options.LearningRate, options.FinalLearningRate, progress);
    }

    // A warm-up of one step has the start value in it, as numpy.linspace gives.
    double Rising(long step) => step == 0 ? options.StartLearningRate
        : options.StartLearningRate + (options.LearningRate - options.StartLearningRate) * step / (warmup - 1);
}
