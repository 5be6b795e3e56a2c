using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary><c>[compute]</c>: how a step is computed, the same on every machine.</summary>
public sealed record ComputeSettings
{
    const int Usual = 4;

    /// <summary>Number of equal parts into which a batch is cut on a CPU, so that it divides `batch`; one thread
    /// computes a part. More parts than cores cost little; fewer leave cores without work. Bits depend on this number
    /// and not on the number of cores. On CUDA a batch is one part. Not given: 4, or the largest smaller number that
    /// divides `batch`.</summary>
    [Range(1, 256)]
    public int? Parts { get; init; }

    /// <summary>These settings with the number of parts of a batch where the file gives none.</summary>
    internal ComputeSettings For(int batch) =>
        this with { Parts = Parts ?? Enumerable.Range(1, Usual).Last(parts => batch % parts == 0) };

    /// <summary>Why the parts do not divide a batch; null where they do.</summary>
    internal string? MistakeWith(int batch) => batch % (Parts ?? 1) == 0 ? null
        : $"a batch is cut into parts = {Parts} equal parts, and batch = {batch} cannot be: "
            + $"set compute.parts = {Enumerable.Range(1, Parts!.Value).Last(parts => batch % parts == 0)}, "
            + "or another batch";

    /// <summary>A warning where the file gives no parts and its batch leaves cores idle; null otherwise.</summary>
    internal string? IdleWith(int batch) =>
        Parts is not null || For(batch).Parts!.Value is var parts && parts == Math.Min(batch, Usual) ? null
        : $"batch = {batch} is cut into {parts} parts, so that no more than {parts} cores compute it: "
            + $"take a batch that {Usual} divides";
}
