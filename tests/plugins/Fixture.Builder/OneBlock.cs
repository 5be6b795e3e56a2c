using Rils.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fixture.Builder;

/// <summary>A decoder of one block of <c>Rils.Layers</c>, with zeros in place of the hidden patches' tokens.</summary>
sealed class OneBlock : Decoder
{
    const int Heads = 2;

    readonly int width;
    readonly TransformerBlock block;
    readonly Linear prediction;

    public OneBlock(DecoderContext context) : base("one-block")
    {
        width = context.Backbone.Width;
        block = new(width, Heads, 2 * width, QkvBias.Qkv);
        prediction = nn.Linear(width, context.Target.Width);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Predict(Tensor tokens, Tensor restore)
    {
        using var scope = NewDisposeScope();
        var hidden = zeros(tokens.shape[0], 1 + restore.shape[1] - tokens.shape[1], width, tokens.dtype, tokens.device);
        var order = cat([zeros(tokens.shape[0], 1, ScalarType.Int64, restore.device), restore + 1], 1);
        var all = ImageTokens.PickRows(cat([tokens, hidden], 1), order);
        return prediction.Apply(block.forward(all)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Initialize(RandomStream random) => VisionInitialization.Apply(this, random);

    /// <inheritdoc/>
    public override long Flops(int visible) => 0;
}
