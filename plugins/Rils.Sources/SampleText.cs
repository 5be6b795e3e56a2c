namespace Rils.Sources;

/// <summary>Decodes the texts of samples, and words what is wrong with them.</summary>
/// <param name="encoding">The value of the option `encoding`: <c>utf-8</c> or <c>latin-1</c>.</param>
public sealed class SampleText(string encoding = SampleText.Utf8)
{
    /// <summary>The values of an option `encoding`.</summary>
    public const string Utf8 = "utf-8", Latin1 = "latin-1";

    readonly bool isLatin1 = encoding == Latin1;

    /// <summary>Decodes a text.</summary>
    /// <param name="bytes">The text; a byte-order mark goes before the encoding.</param>
    /// <param name="what">Names the text in the fault: <c>its caption (.txt)</c>.</param>
    /// <returns>The text without white space around it; or the fault, words for
    /// <see cref="Sample.WithFault{T}"/>.</returns>
    public (string? Text, string? Fault) Decode(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            return (PlainText.Decode(bytes, isLatin1).Trim(), null);
        }
        catch (FormatException problem)
        {
            return (null, $"{what} is {problem.Message}. Save it as UTF-8"
                + (isLatin1 ? "" : ", or say encoding = \"latin-1\" in [data] where all are"));
        }
    }
}
