using Rils.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Each form of a linear layer against the matrix product in double precision.</summary>
public sealed class AffineTests
{
    /// <summary>All forms in the table, each with 5 tokens and with 400: libtorch may compute the smaller convolution
    /// itself, and hands the larger one to oneDNN.</summary>
    public static TheoryData<LinearForm, ScalarType, int, bool> Cases
    {
        get
        {
            TheoryData<LinearForm, ScalarType, int, bool> cases = [];
            foreach (var row in FormTable.Rows.DistinctBy(row => (row.Linear, row.Type)))
                foreach (var tokens in (int[])[5, 400])
                    foreach (var hasBias in (bool[])[true, false]) cases.Add(row.Linear, row.Type, tokens, hasBias);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_a_linear_layer(
        LinearForm form, ScalarType type, int tokens, bool hasBias)
    {
        var tolerance = type == ScalarType.Float32 ? 1e-5 : 1e-2;
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        Tensor Drawn(params long[] shape) => randn(shape, generator: generator).to(type).requires_grad_();
        Tensor[] inputs = [Drawn(3, tokens, 24), Drawn(16, 24)];
        if (hasBias) inputs = [.. inputs, Drawn(16)];
        Tensor[] exact = [.. inputs.Select(input => input.detach().to(ScalarType.Float64).requires_grad_())];
        var direction = Drawn(3, tokens, 16).detach();

        var expected = nn.functional.linear(exact[0], exact[1], hasBias ? exact[2] : null);
        var actual = Affine.Of(inputs[0], inputs[1], hasBias ? inputs[2] : null, form);

        Assert.Equal([3, tokens, 16], actual.shape);
        Assert.True(actual.is_contiguous());
        Close(expected, actual);
        var gradients = autograd.grad([expected], exact, [direction.to(ScalarType.Float64)]);
        foreach (var (one, other) in gradients.Zip(autograd.grad([actual], inputs, [direction]))) Close(one, other);

        void Close(Tensor one, Tensor other) => Assert.InRange(
            Greatest(one - other.to(ScalarType.Float64)) / Greatest(one), 0, tolerance);
        static double Greatest(Tensor tensor) => tensor.abs().max().item<double>();
    }

    [Fact]
    public void A_layer_takes_the_form_of_its_row()
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var (input, weight, bias) = (randn(2_000, 96), randn(192, 96), randn(192));
        var form = FormTable.For(input).LinearOf(input.numel(), 192);
        Assert.True(Affine.Of(input, weight, bias).Equals(Affine.Of(input, weight, bias, form)));
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
        foreach (var form in (LinearForm[])[LinearForm.Product, LinearForm.Convolution])
        {
            Assert.True(nn.functional.linear(rows, weight).Equals(Affine.Of(rows, weight, null, form)));
            Assert.True(nn.functional.linear(rows[0], weight).Equals(Affine.Of(rows[0], weight, null, form)));
        }
    }
}
