namespace Rils.Scheduling;

/// <summary>How often a system runs in a tick.</summary>
enum Level
{
    /// <summary>Once per world (and device).</summary>
    World,
    /// <summary>Once per arm.</summary>
    Arm,
    /// <summary>Once per item of an arm.</summary>
    Item,
}
