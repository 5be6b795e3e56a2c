using Rils.Contract;
using Rils.TestKit.Memory;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Abstractions;

public sealed class ActivationCheckpointTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly Tensor weight = Draws.Leaf("weight", 6, 5), input = Draws.Leaf("input", 4, 6),
        constant = Draws.Normal("constant", 4, 5);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Value_and_gradients_are_the_plain_calls_to_the_bit()
    {
        var (plain, plainGradients) = Gradients(function => function([input * 2, constant]));
        var (actual, gradients) = Gradients(function => ActivationCheckpoint.Run(function, input * 2, constant));
        Assert.True(plain.Equals(actual));
        foreach (var (expected, gradient) in plainGradients.Zip(gradients)) Assert.True(expected.Equals(gradient));
    }

    [Fact]
    public void One_within_another_is_exact_too()
    {
        var (plain, plainGradients) =
            Gradients(function => function([function([input, constant]).matmul(weight.t()), constant]));
        var (actual, gradients) = Gradients(function => ActivationCheckpoint.Run(
            outer => ActivationCheckpoint.Run(
                function, ActivationCheckpoint.Run(function, outer[0], constant).matmul(weight.t()), outer[1]),
            input, constant));
        Assert.True(plain.Equals(actual));
        foreach (var (expected, gradient) in plainGradients.Zip(gradients)) Assert.True(expected.Equals(gradient));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rows_in_parts_are_rows_at_once(int size)
    {
        // The call gets inputs with one row for each sample, and one input that all parts need.
        Tensor Rows(Func<Func<Tensor[], Tensor>, Tensor[], Tensor[], Tensor> call) =>
            call(parts => (parts[0].matmul(weight).exp() * parts[2] + parts[1]).sigmoid(),
                [input * 2, constant], [weight.sum([0L])]);
        var (plain, plainGradients) = Gradients(_ => Rows((function, rows, whole) => function([.. rows, .. whole])));
        var (actual, gradients) =
            Gradients(_ => Rows((function, rows, whole) =>
                ActivationCheckpoint.RunInParts(size, function, rows, whole)));
        GoldenAssert.Close(plain, actual, 1e-6, "value");
        foreach (var (expected, gradient) in plainGradients.Zip(gradients))
            GoldenAssert.CloseInNorm(expected, gradient, 1e-6, "gradient");
        using var off = no_grad();
        var largest = 0L;
        ActivationCheckpoint.RunInParts(size, parts =>
        {
            largest = Math.Max(largest, parts[0].shape[0]);
            return parts[0] * 2;
        }, [input]);
        Assert.Equal(size, largest);
    }

    [Fact]
    public void Parameters_get_gradients_where_no_input_needs_one()
    {
        var gradient = zeros_like(weight);
        weight.grad = gradient.view(6, 5);
        ActivationCheckpoint.Run(parts => parts[0].matmul(weight), ones(3, 6)).sum().backward();
        Assert.True(gradient.Equals(full_like(weight, 3)));
    }

    [Fact]
    public void A_narrow_parameter_gathers_its_gradient_in_single_precision()
    {
        using var narrow = ones(6, 5, ScalarType.BFloat16).requires_grad_();
        narrow.grad = zeros(6, 5);
        for (var i = 0; i < 300; i++)
            ActivationCheckpoint.Run(
                parts => parts[0].matmul(narrow), ones(1, 6, ScalarType.BFloat16)).sum().backward();
        Assert.True(narrow.grad!.Equals(full_like(narrow.grad!, 300))); // a sum in bfloat16 would stop at 256
    }

    [Fact]
    public void Where_nothing_needs_a_gradient_nothing_happens()
    {
        var calls = 0;
        var total = ActivationCheckpoint.Run(parts =>
        {
            calls++;
            return parts[0] * 2;
        }, constant).sum() + input.sum();
        total.backward();
        Assert.Equal(2, calls);
        Assert.True(input.grad!.Equals(ones_like(input)));
        using var off = no_grad();
        Assert.False(ActivationCheckpoint.Run(parts => parts[0].matmul(weight), input).requires_grad);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_function_throws_in_the_backward_pass_arrives(bool nested)
    {
        var calls = 0;
        Tensor Failing(Tensor[] parts) =>
            ++calls > 1 ? throw new TimeoutException("the second time") : parts[0].matmul(weight);
        var output = nested ? ActivationCheckpoint.Run(parts => ActivationCheckpoint.Run(Failing, parts[0] * 2), input)
            : ActivationCheckpoint.Run(Failing, input);
        Assert.Equal("the second time",
            Assert.Throws<TimeoutException>(() => ActivationCheckpoint.Backward(output.sum())).Message);
        Assert.ThrowsAny<Exception>(() =>
            (output = ActivationCheckpoint.Run(Failing, constant.matmul(weight.t()))).sum().backward());
        // The failure does no harm to the next pass.
        calls = -9;
        input.grad?.zero_();
        ActivationCheckpoint.Backward(ActivationCheckpoint.Run(Failing, input).sum());
        GoldenAssert.Close(weight.sum(1).expand(4, 6), input.grad!, 1e-6, "gradient");
    }

    [Fact]
    public void An_input_changed_in_between_is_an_error_not_a_wrong_gradient()
    {
        var middle = input * 2;
        var output = ActivationCheckpoint.Run(parts => parts[0].matmul(weight), middle);
        using (no_grad()) middle.add_(1);
        Assert.Contains("modified by an inplace operation",
            Assert.ThrowsAny<Exception>(() => ActivationCheckpoint.Backward(output.sum())).Message);
    }

    [Fact]
    public void It_keeps_one_tensor_and_leaves_none()
    {
        void Step()
        {
            using var own = NewDisposeScope();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            var output = ActivationCheckpoint.Run(
                parts => (parts[0].matmul(weight).exp() + parts[1]).sigmoid(), input, constant);
            Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            output.sum().backward();
        }
        Step();
        var count = LiveTensors.Settled();
        for (var i = 0; i < 20; i++) Step();
        Assert.Equal(count, Tensor.TotalCount);
    }

    /// <summary>The value, and the gradients of the input and of the parameter.</summary>
    (Tensor Value, Tensor[] Gradients) Gradients(Func<Func<Tensor[], Tensor>, Tensor> call)
    {
        foreach (var leaf in (Tensor[])[input, weight]) leaf.grad?.zero_();
        var value = call(parts => (parts[0].matmul(weight).exp() + parts[1]).sigmoid());
        ActivationCheckpoint.Backward((value * value).sum());
        return (value, [input.grad!.clone(), weight.grad!.clone()]);
    }
}
