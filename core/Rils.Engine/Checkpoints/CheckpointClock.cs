using Rils.Configuration.Settings;

namespace Rils.Engine.Checkpoints;

/// <summary>Says when the next checkpoint is due, by steps or by time.</summary>
sealed class CheckpointClock(Period every, long stepsPerEpoch, long firstStep, TimeProvider time)
{
    readonly long? steps = every.InSteps(stepsPerEpoch);
    long saved = firstStep, savedAt = time.GetTimestamp();

    /// <summary>The next number of optimizer steps at which a checkpoint is due; null where time decides.</summary>
    public long? NextStep(long step) => steps is { } n ? (step / n + 1) * n : null;

    public bool IsDue(long step) => step > saved
        && (steps is { } n ? step % n == 0 : time.GetElapsedTime(savedAt) >= TimeSpan.FromMinutes(every.Count));

    public void Saved(long step) => (saved, savedAt) = (step, time.GetTimestamp());
}
