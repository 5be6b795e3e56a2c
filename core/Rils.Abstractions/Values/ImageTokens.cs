using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>Tokens of whole images.</summary>
/// <param name="Tokens"><c>[batch, 1 + patches, width]</c>, the class token first.</param>
public sealed record ImageTokens(Tensor Tokens)
{
    /// <summary>The patch tokens, <c>[batch, patches, width]</c>.</summary>
    public Tensor Patches => Tokens.narrow(1, 1, Tokens.shape[1] - 1);

    /// <summary>One feature per image, <c>[batch, width]</c>: the mean of the patch tokens, without the class token.</summary>
    public static Tensor Pool(Tensor tokens) => tokens.narrow(1, 1, tokens.shape[1] - 1).mean([1L]);
}
