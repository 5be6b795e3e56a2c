using Rils.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The form that is fast against the one that is plain.</summary>
public sealed class AffineTests
{
    [Theory]
    [InlineData(ScalarType.Float32, true, 1e-5)]
    [InlineData(ScalarType.Float32, false, 1e-5)]
    [InlineData(ScalarType.BFloat16, true, 1e-2)]
    public void Values_and_gradients_are_those_of_a_linear_layer(ScalarType dtype, bool hasBias, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        Tensor Drawn(params long[] shape) => randn(shape, generator: generator).to(dtype).requires_grad_();
        var (input, weight, bias) = (Drawn(3, 5, 24), Drawn(16, 24), hasBias ? Drawn(16) : null);
        var direction = Drawn(3, 5, 16).detach();
        Tensor[] inputs = hasBias ? [input, weight, bias!] : [input, weight];

        var expected = nn.functional.linear(input, weight, bias);
        var actual = Affine.Of(input, weight, bias);

        Assert.Equal([3, 5, 16], actual.shape);
        Assert.True(actual.is_contiguous());
        Close(expected, actual);
        foreach (var (one, other) in autograd.grad([expected], inputs, [direction]).Zip(autograd.grad([actual], inputs, [direction]))) Close(one, other);

        void Close(Tensor one, Tensor other) =>
            Assert.True((one - other).abs().max().to(ScalarType.Float64).item<double>() <= tolerance * one.abs().max().to(ScalarType.Float64).item<double>());
    }

    [Fact]
    public void No_rows_give_no_results_and_gradients_of_zero()
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (zeros(0, 17, 24), ones(16, 24).requires_grad_());
        var result = Affine.Of(input, weight, null);
        Assert.Equal([0, 17, 16], result.shape);
        result.sum().backward();
        Assert.Equal(0, weight.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Rows_that_are_not_contiguous_and_a_single_row_serve()
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var (weight, rows) = (arange(6, ScalarType.Float32).view(2, 3), arange(12, ScalarType.Float32).view(3, 4).t());
        Assert.Equal(nn.functional.linear(rows, weight).data<float>(), Affine.Of(rows, weight, null).data<float>());
        Assert.Equal(nn.functional.linear(rows[0], weight).data<float>(), Affine.Of(rows[0], weight, null).data<float>());
    }
}
