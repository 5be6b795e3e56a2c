namespace Rils.Scheduling;

/// <summary>The time in the life of a world at which a system runs. Stages never overlap within one arm and one
/// tick.</summary>
public enum Stage
{
    /// <summary>Once, before the first tick. A value that Setup creates is State: it lives until the run ends, and a
    /// checkpoint holds it.</summary>
    Setup,
    /// <summary>Host lane: reads what the tick needs (samples).</summary>
    Load,
    /// <summary>Host lane: makes batches of the loaded samples.</summary>
    Prepare,
    /// <summary>Device lane: makes tokens and embeddings of the batch.</summary>
    Forward,
    /// <summary>Device lane: loss terms.</summary>
    Objective,
    /// <summary>Device lane: gradients.</summary>
    Backward,
    /// <summary>Device lane: the optimizer's step, and work that needs the new weights (moving averages).</summary>
    Update,
    /// <summary>Device lane: metrics.</summary>
    Observe,
}
