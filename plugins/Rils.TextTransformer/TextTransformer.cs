using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>CLIP's text transformer, under its names: learned positions, causal attention, QuickGELU, the feature at the end-of-text
/// token (Radford et al. 2021, section 2.4).</summary>
public sealed class TextTransformer : TextEncoder, IForeignNames
{
    internal const double Epsilon = 1e-5;
    [ComponentName(Name = "positional_embedding")] readonly Parameter positions;
    [ComponentName(Name = "token_embedding")] readonly Embedding embedding;
    readonly ResidualBlocks transformer;
    [ComponentName(Name = "ln_final")] readonly LayerNorm norm;

    /// <summary>Makes an encoder whose parameters still have to be drawn.</summary>
    /// <param name="options">Its dimensions.</param>
    /// <param name="vocabularySize">Token ids run from 0 to this, exclusive.</param>
    /// <exception cref="ArgumentException">Options that do not fit together; the message names them and the fix.</exception>
    public TextTransformer(TextTransformerOptions options, int vocabularySize) : base("transformer")
    {
        TransformerShape.RequireHeads("text", options.Width, options.Heads);
        Shape = new(options.Width, options.Context);
        positions = new(zeros(options.Context, options.Width));
        embedding = nn.Embedding(vocabularySize, options.Width, sparse: true); // of the gradient: a batch has few of the words
        transformer = new(options);
        norm = nn.LayerNorm(options.Width, Epsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override TextShape Shape { get; }

    /// <summary>Encodes sentences of any padded length: longer ones are cut to the context and keep their end-of-text token.</summary>
    /// <inheritdoc/>
    public override Tensor Encode(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var ids = Cut(tokens);
        var length = ids.shape[1];
        var x = transformer.Transform(embedding.forward(ids).to(positions.dtype) + positions.narrow(0, 0, length));
        // The norm works token by token, so only the one that is needed goes through it.
        var end = ImageTokens.PickRows(x, ids.argmax(1, keepdim: true)).squeeze(1);
        return norm.forward(end).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Initialize(RandomStream random) => TextInitialization.Apply(this, Shape.Width, transformer.Depth, random);

    /// <inheritdoc/>
    public override long Flops(int tokens) =>
        transformer.Depth * TransformerFlops.Block(Math.Min(tokens, Shape.Context), Shape.Width, 4L * Shape.Width);

    /// <inheritdoc/>
    /// <remarks>OpenAI's and open_clip's names are ours; transformers' are not.</remarks>
    public IEnumerable<ForeignTensor> AlternativesTo(string name) => TransformersNames.AlternativesTo(name);

    /// <inheritdoc/>
    public bool MayStay(string name) => false;

    // Another arm may have a longer context, and batches are padded to the longest. Where a sentence itself is too long here, its
    // end-of-text token takes the last place, as a tokenizer with this context would have it.
    Tensor Cut(Tensor tokens)
    {
        if (tokens.shape[1] <= Shape.Context) return tokens;
        var (end, place) = tokens.max(1, keepdim: true);
        var last = tokens.narrow(1, Shape.Context - 1, 1);
        return cat([tokens.narrow(1, 0, Shape.Context - 1), where(place >= Shape.Context, end, last)], 1);
    }
}
