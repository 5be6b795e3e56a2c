namespace Rils.Parquet;

/// <summary>The decoded rows of a row group.</summary>
/// <param name="Images">The image of each row, null where it has none; null where images were not asked for.</param>
/// <param name="Paths">The path of each row's image; null where the file holds the images themselves.</param>
/// <param name="Captions">The captions of each row.</param>
/// <param name="Labels">The class of each row, a number or a name; null where it has none.</param>
sealed record RowGroup(
    byte[]?[]? Images, Cell?[]? Paths, IReadOnlyList<Cell>[] Captions, Cell?[] Labels)
{
    /// <summary>The memory that the rows take, about.</summary>
    public long Bytes => (Images ?? []).Sum(image => image?.LongLength ?? 0)
        + Captions.Sum(row => row.Sum(caption => 2L * (caption.Text?.Length ?? 0) + 50)) + 100L * Labels.Length;
}
