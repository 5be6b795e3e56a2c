namespace Rils.Scheduling;

/// <summary>The lane on which a stage runs. The host lane works ahead of the device lanes.</summary>
public enum Lane
{
    /// <summary>One thread that makes the values of the next ticks (frames), at most two ahead of the slowest device
    /// lane.</summary>
    Host,
    /// <summary>One thread per device, which runs the device's arms one after the other.</summary>
    Device,
}
