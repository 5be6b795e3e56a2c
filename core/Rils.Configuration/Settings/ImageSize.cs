using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary>The one key of <see cref="DataSettings"/> that tables of an arm must fit, by itself: the others may be wrong.</summary>
sealed record ImageSize
{
    [Range(1, 4096)]
    public required int Image { get; init; }
}
