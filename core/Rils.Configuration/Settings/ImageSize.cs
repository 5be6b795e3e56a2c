using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary>The one key of <see cref="DataSettings"/> that the tables of an arm must fit. The record reads it alone,
/// because the other keys may hold mistakes.</summary>
sealed record ImageSize
{
    [Range(1, 4096)]
    public required int Image { get; init; }
}
