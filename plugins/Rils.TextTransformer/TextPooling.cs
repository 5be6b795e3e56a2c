namespace Rils.Models;

/// <summary>How the tokens of a sentence become its feature.</summary>
public enum TextPooling
{
    /// <summary>The token with the largest id, which is the end of the text (Radford et al. 2021).</summary>
    End,

    /// <summary>The last token that is no padding, for tokenizers whose end token has no large id.</summary>
    Last,

    /// <summary>The mean of all tokens that are no padding.</summary>
    Mean,
}
