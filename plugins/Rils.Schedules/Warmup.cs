namespace Rils.Schedules;

/// <summary>How long a warm-up lasts in a given run.</summary>
static class Warmup
{
    /// <summary>Its length in optimizer steps, maybe with a fraction.</summary>
    /// <exception cref="ArgumentException">Both units are given, or nothing of the run is left after the warm-up.</exception>
    public static double Steps(IWarmup options, ExperimentContext run)
    {
        if (options is { WarmupEpochs: not null, WarmupSteps: not null })
            throw new ArgumentException("it has both warmup_epochs and warmup_steps; give one");
        var steps = options.WarmupSteps ?? options.WarmupEpochs * run.StepsPerEpoch ?? Math.Min(run.StepsPerEpoch, run.Steps / 10);
        if (steps >= run.Steps) throw new ArgumentException(TooLong(options, run, steps));
        return steps;
    }

    static string TooLong(IWarmup options, ExperimentContext run, double steps)
    {
        var given = options.WarmupSteps is { } fixedSteps ? $"warmup_steps = {fixedSteps}"
            : $"warmup_epochs = {options.WarmupEpochs} ({steps:0.##} steps of {run.StepsPerEpoch} an epoch)";
        return $"{given} is not shorter than the run of {run.Steps} steps; give a shorter warm-up, such as warmup_steps = {run.Steps / 10}";
    }
}
