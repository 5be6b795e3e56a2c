using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary><c>[compute]</c>: how a step is computed, whatever the machine is.</summary>
public sealed record ComputeSettings
{
    const int Usual = 4;

    /// <summary>Parts that a batch is cut into on a CPU, each computed by one thread: equally large, so that the number
    /// divides `batch`. More parts than cores cost little; fewer leave cores without work. Bits depend on this number
    /// and not on the number of cores. On CUDA a batch is one part. Not given: 4, or the largest smaller number that
    /// divides `batch`.</summary>
    [Range(1, 256)]
    public int? Parts { get; init; }

    /// <summary>With the number of parts that a batch has where the file does not say.</summary>
    internal ComputeSettings For(int batch) =>
        this with { Parts = Parts ?? Enumerable.Range(1, Usual).Last(parts => batch % parts == 0) };

    /// <summary>Why a batch cannot be cut so; null where it can.</summary>
    internal string? MistakeWith(int batch) => batch % (Parts ?? 1) == 0 ? null
        : $"a batch is cut into parts = {Parts} equal parts, and batch = {batch} cannot be: "
            + $"set compute.parts = {Enumerable.Range(1, Parts!.Value).Last(parts => batch % parts == 0)}, "
            + "or another batch";

    /// <summary>A warning where the file leaves the parts out, and its batch lets cores stand idle; null
    /// elsewhere.</summary>
    internal string? IdleWith(int batch) =>
        Parts is not null || For(batch).Parts!.Value is var parts && parts == Math.Min(batch, Usual) ? null
        : $"batch = {batch} is cut into {parts} parts, so that no more than {parts} cores compute it: "
            + $"take a batch that {Usual} divides";
}
