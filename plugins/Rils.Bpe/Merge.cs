namespace Rils.Bpe;

/// <summary>One step of byte-pair encoding: two neighbouring symbols become one. GPT-2's byte letters spell the
/// symbols.</summary>
/// <param name="Left">The first symbol.</param>
/// <param name="Right">The second symbol.</param>
public readonly record struct Merge(string Left, string Right)
{
    /// <summary>The symbol that the merge makes.</summary>
    public string Result => Left + Right;
}
