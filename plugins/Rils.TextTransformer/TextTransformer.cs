using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>CLIP's text transformer, under CLIP's names: learned positions, causal attention, QuickGELU, by default the
/// feature at the end-of-text token (Radford et al. 2021).</summary>
public sealed class TextTransformer : TextEncoder, IForeignNames
{
    internal const double Epsilon = 1e-5;
    [ComponentName(Name = "positional_embedding")] readonly Parameter positions;
    [ComponentName(Name = "token_embedding")] readonly Embedding embedding;
    readonly ResidualBlocks transformer;
    readonly TextPooling pooling;
    [ComponentName(Name = "ln_final")] readonly LayerNorm norm;

    /// <summary>Makes an encoder whose parameters still have to be drawn.</summary>
    /// <param name="options">Context, width, depth and heads.</param>
    /// <param name="vocabularySize">Number of token ids.</param>
    /// <exception cref="ArgumentException">The options do not fit together; the message names them and the
    /// fix.</exception>
    public TextTransformer(TextTransformerOptions options, int vocabularySize) : base("transformer")
    {
        TransformerShape.RequireHeads("text", options.Width, options.Heads);
        (Shape, pooling) = (options.Shape, options.Pooling);
        positions = new(zeros(options.Context, options.Width));
        // The gradient is sparse: a batch has few of the vocabulary's words.
        embedding = nn.Embedding(vocabularySize, options.Width, sparse: true);
        transformer = new(options);
        norm = nn.LayerNorm(options.Width, Epsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override TextShape Shape { get; }

    /// <summary>Encodes sentences padded to any length. Longer ones are cut to the context and keep their end-of-text
    /// token.</summary>
    /// <inheritdoc/>
    public override Tensor Encode(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var ids = Cut(tokens);
        var length = ids.shape[1];
        var x = transformer.Transform(embedding.forward(ids).to(positions.dtype).Plus(positions.narrow(0, 0, length)));
        return Pool(x, ids).to(positions.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Makes one feature of a sentence's tokens. The norm works token by token, so that only tokens which
    /// count go through it.</summary>
    Tensor Pool(Tensor tokens, Tensor ids)
    {
        if (pooling == TextPooling.End)
            return norm.Apply(ImageTokens.PickRows(tokens, ids.argmax(1, keepdim: true)).squeeze(1));
        // Zeros within a sentence are tokens; those behind its last other token are padding.
        var places = arange(Constant.Of(1), Constant.Of(ids.shape[1] + 1), Constant.Of(1), ids.dtype, ids.device);
        var lengths = (ids.ne(Constant.Of(0)) * places).amax([1], keepdim: true).clamp_min(Constant.Of(1));
        if (pooling == TextPooling.Last)
            return norm.Apply(ImageTokens.PickRows(tokens, lengths - Constant.Of(1)).squeeze(1));
        var counts = places.le(lengths).unsqueeze(2);
        return (norm.Apply(tokens) * counts).sum(1) / lengths;
    }

    /// <inheritdoc/>
    public override void Initialize(RandomStream random) =>
        TextInitialization.Apply(this, Shape.Width, transformer.Depth, random);

    /// <inheritdoc/>
    public override long Flops(int tokens) =>
        transformer.Depth * TransformerFlops.Block(Math.Min(tokens, Shape.Context), Shape.Width, 4L * Shape.Width);

    /// <inheritdoc/>
    /// <remarks>OpenAI, open_clip and this module share their names; transformers has others.</remarks>
    public IEnumerable<ForeignTensor> AlternativesTo(string name) => TransformersNames.AlternativesTo(name);

    /// <inheritdoc/>
    public bool MayStay(string name) => false;

    // Batches are padded to the longest context of any arm, which may be longer than this one. The end-of-text token
    // of a sentence that is too long takes the last place, as a tokenizer with this context would put it.
    Tensor Cut(Tensor tokens)
    {
        if (tokens.shape[1] <= Shape.Context) return tokens;
        var (end, place) = tokens.max(1, keepdim: true);
        var last = tokens.narrow(1, Shape.Context - 1, 1);
        return cat([tokens.narrow(1, 0, Shape.Context - 1), where(place >= Constant.Of(Shape.Context), end, last)], 1);
    }
}
