using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>MAE's decoder, under MAE's names: embeds visible tokens, fills in mask tokens, restores the order and
/// predicts every patch (He et al. 2022). RILS uses one block of it.</summary>
public sealed class MaskedDecoder : Decoder, IForeignNames
{
    const string Table = "decoder_pos_embed";

    readonly DecoderContext context;
    readonly int width, hidden;
    readonly bool isFp32;
    [ComponentName(Name = "mask_token")] readonly Parameter maskToken;
    [ComponentName(Name = Table)] readonly Tensor positions;
    [ComponentName(Name = "decoder_embed")] readonly Linear embedding;
    [ComponentName(Name = "decoder_blocks")] readonly ModuleList<TransformerBlock> blocks;
    [ComponentName(Name = "decoder_norm")] readonly LayerNorm norm;
    [ComponentName(Name = "decoder_pred")] readonly Linear prediction;

    /// <summary>Makes a decoder whose parameters still have to be drawn.</summary>
    /// <exception cref="ArgumentException">The options do not fit together; the message names them and the
    /// fix.</exception>
    public MaskedDecoder(MaskedDecoderOptions options, DecoderContext context) : base("mae")
    {
        (this.context, isFp32) = (context, options.ResidualInFp32);
        width = options.Width ?? context.Backbone.Width;
        hidden = (int)(width * options.MlpRatio);
        var heads = options.HeadsOf(width);
        TransformerShape.RequireHeads("decoder", width, heads);
        TransformerShape.RequirePositions("decoder", width);
        maskToken = new(zeros(1, 1, width));
        positions = Positions(width, context.Patches);
        embedding = nn.Linear(context.Backbone.Width, width);
        blocks = TransformerBlock.Stack(options.Depth, width, heads, hidden, options.QkvBias);
        norm = nn.LayerNorm(width, TransformerBlock.Epsilon);
        prediction = nn.Linear(width, context.Target.Width);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Predict(Tensor tokens, Tensor restore)
    {
        using var scope = NewDisposeScope();
        var x = Restored(embedding.Apply(tokens), restore).Plus(positions.to(maskToken.dtype));
        if (isFp32) x = x.to(ScalarType.Float32);
        foreach (var block in blocks) x = block.forward(x);
        return prediction.Apply(norm.Apply(x)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Initialize(RandomStream random) => VisionInitialization.Apply(this, random);

    /// <inheritdoc/>
    public override long Flops(int visible)
    {
        long tokens = context.Patches.Prefix + context.Patches.Grid.Count;
        return TransformerFlops.Linear(context.Patches.Prefix + visible, context.Backbone.Width, width)
            + blocks.Count * TransformerFlops.Block(tokens, width, hidden)
            + TransformerFlops.Linear(tokens, width, context.Target.Width);
    }

    /// <inheritdoc/>
    public IEnumerable<ForeignTensor> AlternativesTo(string name) => name != Table ? AttentionNames.AlternativesTo(name)
        : [new([name], given => PositionTable.Fit(given[0], context.Patches.Grid)) { IsFitted = true }];

    /// <inheritdoc/>
    public bool MayStay(string name) => name == Table;

    // From [batch, prefix + visible, width] to [batch, prefix + patches, width]; the tokens before the patches stay.
    Tensor Restored(Tensor tokens, Tensor restore)
    {
        var (batch, prefix) = (tokens.shape[0], context.Patches.Prefix);
        var filled = cat([tokens, maskToken.expand(batch, prefix + restore.shape[1] - tokens.shape[1], width)], 1);
        var first = Constant.Count(prefix, restore.device).expand(batch, prefix);
        return ImageTokens.PickRows(filled, cat([first, restore.Plus(Constant.Of(prefix))], 1));
    }

    /// <summary>MAE's positions for one class token; each token before the patches has the zeros of that class
    /// token.</summary>
    static Tensor Positions(int width, PatchShape patches)
    {
        var table = SinCosPositions.Buffer(width, patches.Grid);
        return patches.Prefix == 1 ? table
            : cat([zeros(1, patches.Prefix, width), table.narrow(1, 1, patches.Grid.Count)], 1);
    }
}
