namespace Rils.Scheduling;

/// <summary>When in the life of a world a system runs. Stages never overlap within one arm and one tick.</summary>
public enum Stage
{
    /// <summary>Once, before the first tick. What it creates is State: it lives on and is checkpointed.</summary>
    Setup,
    /// <summary>Host lane: reads what the tick needs (samples).</summary>
    Load,
    /// <summary>Host lane: makes batches of what was loaded.</summary>
    Prepare,
    /// <summary>Device lane: from the frame to tokens and embeddings.</summary>
    Forward,
    /// <summary>Device lane: loss terms.</summary>
    Objective,
    /// <summary>Device lane: gradients.</summary>
    Backward,
    /// <summary>Device lane: optimizer and whatever follows new weights.</summary>
    Update,
    /// <summary>Device lane: metrics.</summary>
    Observe,
}
