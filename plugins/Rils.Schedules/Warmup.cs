namespace Rils.Schedules;

/// <summary>Computes how long a warm-up lasts in a run.</summary>
static class Warmup
{
    /// <summary>The warm-up's length in optimizer steps, maybe with a fraction.</summary>
    /// <exception cref="ArgumentException">Both units are given, or the warm-up is as long as the run or
    /// longer.</exception>
    public static double Steps(IWarmup options, ExperimentContext run)
    {
        if (options is { WarmupEpochs: not null, WarmupSteps: not null })
            throw new ArgumentException("both warmup_epochs and warmup_steps are given; give one of them");
        var steps = options.WarmupSteps ?? options.WarmupEpochs * run.StepsPerEpoch
            ?? Math.Min(run.StepsPerEpoch, run.Steps / 10);
        if (steps >= run.Steps) throw new ArgumentException(TooLong(options, run, steps));
        return steps;
    }

    static string TooLong(IWarmup options, ExperimentContext run, double steps)
    {
        var given = options.WarmupSteps is { } fixedSteps ? $"warmup_steps = {fixedSteps}"
            : $"warmup_epochs = {options.WarmupEpochs} ({steps:0.##} steps of {run.StepsPerEpoch} an epoch)";
        return $"{given} is not shorter than the run of {run.Steps} steps; "
            + $"give a shorter warm-up, such as warmup_steps = {run.Steps / 10}";
    }
}
