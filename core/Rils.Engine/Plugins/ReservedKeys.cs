namespace Rils.Engine.Plugins;

/// <summary>Names at the root of an experiment that the engine reads.</summary>
public static class ReservedKeys
{
    /// <summary>Keys and tables that no plugin can claim.</summary>
    public static IReadOnlyList<string> Engine { get; } =
    [
        "arm", "checkpoint", "compute", "deterministic", "epochs", "extends", "init", "name", "phase", "precision",
        "samples", "seeds", "steps", "sweep", "vary",
    ];

    /// <summary>Tables without a slot whose items always have a kind.</summary>
    public static IReadOnlyList<string> WithKinds { get; } = ["objective", "target"];
}
