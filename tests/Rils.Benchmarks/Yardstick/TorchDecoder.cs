using Rils.Contract;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary><see cref="Models.MaskedDecoder"/> of TorchSharp's own layers, under the same names.</summary>
sealed class TorchDecoder : nn.Module<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = "mask_token")] readonly Parameter maskToken;
    [ComponentName(Name = "decoder_pos_embed")] readonly Tensor positions;
    [ComponentName(Name = "decoder_embed")] readonly Linear embedding;
    [ComponentName(Name = "decoder_blocks")] readonly Sequential blocks;
    [ComponentName(Name = "decoder_norm")] readonly LayerNorm norm;
    [ComponentName(Name = "decoder_pred")] readonly Linear prediction;

    /// <param name="backbone">The backbone's width, and the predictions'.</param>
    /// <param name="grid">The patches.</param>
    /// <param name="width">The width of a token in the decoder.</param>
    /// <param name="depth">The number of blocks.</param>
    /// <param name="heads">The number of attention heads.</param>
    public TorchDecoder(int backbone, PatchGrid grid, int width, int depth, int heads) : base("mae")
    {
        maskToken = new(zeros(1, 1, width));
        positions = zeros(1, 1 + grid.Count, width);
        (embedding, prediction) = (nn.Linear(backbone, width), nn.Linear(width, backbone));
        blocks = TorchBlock.Vision(depth, width, heads);
        norm = nn.LayerNorm(width, 1e-6);
        RegisterComponents();
    }

    /// <param name="tokens"><c>[batch, 1 + visible, backbone width]</c>, the class token first.</param>
    /// <param name="restore">int64 <c>[batch, patches]</c>: where each patch stands in visible-then-hidden
    /// order.</param>
    /// <returns><c>[batch, 1 + patches, backbone width]</c>, the class token first.</returns>
    public override Tensor forward(Tensor tokens, Tensor restore)
    {
        using var scope = NewDisposeScope();
        var (batch, patches, visible) = (restore.shape[0], restore.shape[1], tokens.shape[1] - 1);
        var embedded = embedding.forward(tokens);
        var filled = cat([embedded.narrow(1, 1, visible), maskToken.expand(batch, patches - visible, -1)], 1);
        var restored = filled.gather(1, restore.unsqueeze(-1).expand(-1, -1, filled.shape[2]));
        var x = cat([embedded.narrow(1, 0, 1), restored], 1) + positions;
        return prediction.forward(norm.forward(blocks.forward(x))).MoveToOuterDisposeScope();
    }
}
