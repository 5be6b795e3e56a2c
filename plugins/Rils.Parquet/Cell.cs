namespace Rils.Parquet;

/// <summary>A text of a row, or why it cannot be used.</summary>
/// <param name="Text">The text without white space around it; null where it cannot be used.</param>
/// <param name="Fault">Words for <see cref="Sample.WithFault{T}"/>; null where the text can be used.</param>
readonly record struct Cell(string? Text, string? Fault)
{
    /// <summary>Decodes a text.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="what">Names the text in the fault: <c>its caption</c>.</param>
    public static Cell Of(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            return new(PlainText.Decode(bytes).Trim(), null);
        }
        catch (FormatException problem)
        {
            return new(null, $"{what} is {problem.Message}. Write the column as UTF-8");
        }
    }
}
