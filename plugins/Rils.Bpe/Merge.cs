namespace Rils.Bpe;

/// <summary>One step of byte-pair encoding: two neighbouring symbols become one. Symbols are spelled in GPT-2's byte letters.</summary>
public readonly record struct Merge(string Left, string Right)
{
    /// <summary>The symbol that it makes.</summary>
    public string Result => Left + Right;
}
