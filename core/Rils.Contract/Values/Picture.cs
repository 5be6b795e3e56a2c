using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A column of the gallery in the report: one picture for each of the arm's <see cref="PicturedImages"/>. A
/// system appends it. The engine itself adds the original, and the masked input where the arm has a mask.</summary>
/// <param name="Title">The title above the pictures, which is also in the names of their files: <c>reconstruction</c>.
/// No two columns of an arm may have the same.</param>
/// <param name="About">An explanation of the pictures, in a sentence or two.</param>
/// <param name="Rgb">uint8 <c>[pictured, 3, height, width]</c>; <see cref="Images.ToRgb"/> makes such pictures from
/// normalised pixels.</param>
public sealed record Picture(string Title, string About, Tensor Rgb)
{
    /// <summary>For each picture the lines of its legend, which explain its colours or say more about it; null where
    /// the pictures need none.</summary>
    public IReadOnlyList<IReadOnlyList<LegendEntry>>? Legends { get; init; }
}
