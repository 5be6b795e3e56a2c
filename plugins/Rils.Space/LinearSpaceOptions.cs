using System.ComponentModel.DataAnnotations;

namespace Rils.Models;

/// <summary>Options of <c>[space] kind = "linear"</c>.</summary>
public sealed record LinearSpaceOptions
{
    /// <summary>Number of dimensions. RILS: 512.</summary>
    [Range(1, int.MaxValue)]
    public int Dim { get; init; } = 512;
}
