using Rils.Contract;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A correct decoder whose predictions a test changes.</summary>
sealed class WrappedDecoder : Decoder
{
    readonly MaskedDecoder inner;
    readonly Func<Tensor, Tensor> change;

    public WrappedDecoder(DecoderContext context, Func<Tensor, Tensor> change) : base("wrapped")
    {
        inner = new(new() { Width = 8 }, context);
        this.change = change;
        RegisterComponents();
    }

    public override Tensor Predict(Tensor tokens, Tensor restore) => change(inner.Predict(tokens, restore));

    public override void Initialize(RandomStream random) => inner.Initialize(random);

    public override long Flops(int visible) => inner.Flops(visible);
}
