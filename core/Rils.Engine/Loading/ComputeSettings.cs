using System.ComponentModel.DataAnnotations;

namespace Rils.Engine.Loading;

/// <summary><c>[compute]</c>: how a step is computed, whatever the machine is.</summary>
public sealed record ComputeSettings
{
    /// <summary>Parts that a batch is cut into on a CPU, each computed by one thread: equally large, so that the number
    /// divides `batch`. More parts than cores cost little; fewer leave cores without work. Bits depend on
    /// this number and not on the number of cores. On CUDA a batch is one part.</summary>
    [Range(1, 256)]
    public int Parts { get; init; } = 4;

    /// <summary>Why a batch cannot be cut so; null where it can.</summary>
    internal string? MistakeWith(int batch) => batch % Parts == 0 ? null
        : $"a batch is cut into parts = {Parts} equal parts, and batch = {batch} cannot be: "
            + $"set compute.parts = {Enumerable.Range(1, Parts).Last(parts => batch % parts == 0)}, or another batch";
}
