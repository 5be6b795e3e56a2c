using Rils.Contract;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A correct text encoder whose features a test changes.</summary>
sealed class WrappedText : TextEncoder
{
    readonly TextTransformer inner;
    readonly Func<Tensor, Tensor> change;

    public WrappedText(ExperimentContext context, Func<Tensor, Tensor> change) : base("wrapped")
    {
        inner = new(new() { Context = 16, Width = 16, Depth = 1, Heads = 2 }, context.VocabularySize);
        this.change = change;
        RegisterComponents();
    }

    public override TextShape Shape => inner.Shape;

    public override Tensor Encode(Tensor tokens) => change(inner.Encode(tokens));

    public override void Initialize(RandomStream random) => inner.Initialize(random);

    public override long Flops(int tokens) => inner.Flops(tokens);
}
