namespace Rils.Configuration.Settings;

/// <summary>Keys of an <c>[[arm]]</c> itself, beside its name and its tables.</summary>
public sealed record ArmSettings
{
    /// <summary>Where the arm computes: `cpu`, `cuda` or `cuda:1`. Not given: where `--device` says. Arms of several
    /// CUDA devices train side by side, on the same batches; devices of one run are of one kind.</summary>
    public string? Device { get; init; }
}
