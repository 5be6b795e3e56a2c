using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Something of an arm to be looked at, for each of its <see cref="PicturedImages"/>: a column of the gallery in the report. The original
/// comes from the engine, and so does the masked input where the arm has a mask.</summary>
/// <param name="Title">Above the pictures, and in the names of their files: <c>reconstruction</c>. No two of an arm are alike.</param>
/// <param name="About">What is seen, in a sentence or two.</param>
/// <param name="Rgb">uint8 <c>[pictured, 3, height, width]</c>; <see cref="Images.ToRgb"/> makes that of normalised pixels.</param>
public sealed record Picture(string Title, string About, Tensor Rgb)
{
    /// <summary>For each image what its colours mean, or more to say of it; null where the picture explains itself.</summary>
    public IReadOnlyList<IReadOnlyList<LegendEntry>>? Legends { get; init; }
}
