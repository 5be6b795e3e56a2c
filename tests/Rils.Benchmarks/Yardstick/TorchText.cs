using Rils.Contract;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary><see cref="Models.TextTransformer"/> of TorchSharp's own layers, under the same names.</summary>
sealed class TorchText : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "positional_embedding")] readonly Parameter positions;
    [ComponentName(Name = "token_embedding")] readonly Embedding embedding;
    readonly Sequential transformer;
    [ComponentName(Name = "ln_final")] readonly LayerNorm norm;

    /// <param name="shape">The width, and the length of the longest sentence.</param>
    /// <param name="depth">The number of blocks.</param>
    /// <param name="heads">The number of attention heads.</param>
    /// <param name="vocabulary">The number of tokens in the vocabulary.</param>
    public TorchText(TextShape shape, int depth, int heads, int vocabulary) : base("transformer")
    {
        positions = new(zeros(shape.Context, shape.Width));
        embedding = nn.Embedding(vocabulary, shape.Width);
        transformer = nn.Sequential(("resblocks", TorchBlock.Text(depth, shape.Width, heads)));
        norm = nn.LayerNorm(shape.Width);
        RegisterComponents();
    }

    /// <param name="tokens">int64 <c>[batch, at most context]</c>; the token with the largest number ends a
    /// sentence.</param>
    /// <returns><c>[batch, width]</c>.</returns>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var x = transformer.forward(embedding.forward(tokens) + positions.narrow(0, 0, tokens.shape[1]));
        var end = x[arange(tokens.shape[0]), tokens.argmax(1)];
        return norm.forward(end).MoveToOuterDisposeScope();
    }
}
