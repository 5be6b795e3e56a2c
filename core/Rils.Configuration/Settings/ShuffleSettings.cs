using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary>Shuffles by blocks of samples that follow each other in the data, so that shards on a slow disk are read in
/// long runs.</summary>
public sealed record ShuffleSettings
{
    /// <summary>The number of consecutive samples in a block. Each epoch draws a new order of the blocks.</summary>
    [Range(1, int.MaxValue)]
    public required int Block { get; init; }

    /// <summary>The number of blocks whose samples are mixed: one window after the other is read to its end.</summary>
    [Range(1, int.MaxValue)]
    public required int Window { get; init; }
}
