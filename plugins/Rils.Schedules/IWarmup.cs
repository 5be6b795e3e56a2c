namespace Rils.Schedules;

/// <summary>The length of a warm-up, given in epochs or in steps.</summary>
interface IWarmup
{
    /// <summary>Length of the warm-up in passes over the training data; may be a fraction. Not together with
    /// <c>warmup_steps</c>. Without either key: one epoch, or a tenth of a run that is shorter than ten
    /// epochs.</summary>
    double? WarmupEpochs { get; }

    /// <summary>Length of the warm-up in optimizer steps. Not together with <c>warmup_epochs</c>.</summary>
    long? WarmupSteps { get; }
}
