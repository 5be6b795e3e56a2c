using Rils.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Each form of attention against the formula in double precision. A CPU runs the same calls as a
/// GPU.</summary>
public sealed class AttentionProductTests
{
    const int Batch = 3, Tokens = 13, Width = 24, Heads = 3;

    [Theory]
    [InlineData(AttentionForm.Products, ScalarType.Float32, false, 1e-5)]
    [InlineData(AttentionForm.Products, ScalarType.Float32, true, 1e-5)]
    [InlineData(AttentionForm.Fused, ScalarType.Float32, false, 1e-5)]
    [InlineData(AttentionForm.Fused, ScalarType.Float32, true, 1e-5)]
    [InlineData(AttentionForm.Products, ScalarType.BFloat16, false, 3e-2)]
    [InlineData(AttentionForm.Products, ScalarType.BFloat16, true, 3e-2)]
    [InlineData(AttentionForm.Fused, ScalarType.BFloat16, false, 3e-2)]
    [InlineData(AttentionForm.Fused, ScalarType.BFloat16, true, 3e-2)]
    public void Values_and_gradients_are_those_of_the_formula(
        AttentionForm form, ScalarType type, bool isCausal, double tolerance)
    {
        using var scope = NewDisposeScope();
        var qkv = Drawn(Batch, Tokens, 3 * Width).to(type).requires_grad_();
        var exact = qkv.detach().to(ScalarType.Float64).requires_grad_();
        var direction = Drawn(Batch, Tokens, Width).to(type);

        var (expected, actual) = (Formula(exact, isCausal), AttentionProduct.Attend(qkv, Heads, form, isCausal));

        Assert.Equal([Batch, Tokens, Width], actual.shape);
        Assert.True(actual.is_contiguous());
        Close(expected, actual, tolerance);
        var gradient = autograd.grad([expected], [exact], [direction.to(ScalarType.Float64)])[0];
        Close(gradient, autograd.grad([actual], [qkv], [direction])[0], tolerance);
    }

    [Theory]
    [InlineData(AttentionForm.Products)]
    [InlineData(AttentionForm.Fused)]
    public void No_token_sees_a_later_one(AttentionForm form)
    {
        using var scope = NewDisposeScope();
        var qkv = Drawn(Batch, Tokens, 3 * Width);
        var changed = qkv.clone();
        changed.narrow(1, 7, Tokens - 7).add_(5);
        var one = AttentionProduct.Attend(qkv, Heads, form, isCausal: true);
        var other = AttentionProduct.Attend(changed, Heads, form, isCausal: true);
        Assert.True(one.narrow(1, 0, 7).Equals(other.narrow(1, 0, 7)));
        Assert.False(one.narrow(1, 7, 1).Equals(other.narrow(1, 7, 1)));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void One_mask_serves_all_layers_and_is_there_only_where_it_is_read(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var qkv = Drawn(Batch, Tokens, 3 * Width).to(type);
        var mask = AttentionProduct.CausalMask(qkv);
        Assert.Equal(FormTable.For(qkv).Attention == AttentionForm.Products, mask is not null);
        var expected = AttentionProduct.AttendCausally(qkv, Heads, null);
        Assert.True(expected.Equals(AttentionProduct.AttendCausally(qkv, Heads, mask)));
    }

    [Theory]
    [InlineData(AttentionForm.Products)]
    [InlineData(AttentionForm.Fused)]
    public void An_empty_batch_gives_no_results_and_gradients_of_zero(AttentionForm form)
    {
        using var scope = NewDisposeScope();
        var qkv = zeros(0, Tokens, 3 * Width).requires_grad_();
        foreach (var isCausal in (bool[])[false, true])
        {
            var result = AttentionProduct.Attend(qkv, Heads, form, isCausal);
            Assert.Equal([0, Tokens, Width], result.shape);
            Assert.Equal([0, Tokens, 3 * Width], autograd.grad([result.sum()], [qkv])[0].shape);
        }
    }

    static Tensor Formula(Tensor qkv, bool isCausal)
    {
        Tensor[] parts =
            [.. qkv.chunk(3, 2).Select(part => part.reshape(Batch, Tokens, Heads, Width / Heads).transpose(1, 2))];
        var logits = parts[0].matmul(parts[1].transpose(2, 3)) / Math.Sqrt(Width / Heads);
        var later = ones(Tokens, Tokens, ScalarType.Bool).triu(1);
        if (isCausal) logits = logits.masked_fill(later, double.NegativeInfinity);
        return logits.softmax(-1).matmul(parts[2]).transpose(1, 2).reshape(Batch, Tokens, Width);
    }

    static Tensor Drawn(params long[] shape)
    {
        using var generator = new Generator(11);
        return randn(shape, generator: generator);
    }

    static void Close(Tensor expected, Tensor actual, double tolerance) => Assert.InRange(
        Greatest(expected - actual.to(ScalarType.Float64)) / Greatest(expected), 0, tolerance);

    static double Greatest(Tensor tensor) => tensor.abs().max().item<double>();
}
