using Rils.Contract;
using Rils.Sgd;
using Rils.Tests.Plugins.AdamW;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Sgd;

public sealed class MomentumSgdTests
{
    const int Steps = 20;
    const double Rate = 1e-2;

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(0.9, 0.1)]
    [InlineData(0, 0.1)]
    public void Twenty_steps_agree_with_TorchSharps_SGD(double momentum, double decay)
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        var references = flat.Weights.Parameters.ToDictionary(entry => entry.Key, entry =>
        {
            var parameter = new Parameter(entry.Value.clone().DetachFromDisposeScope());
            var decays = entry.Key.StartsWith("decay", StringComparison.Ordinal);
            return (Parameter: parameter, Optimizer: optim.SGD([parameter], Rate, momentum,
                weight_decay: decays ? decay : 0));
        });
        var optimizer = new MomentumSgd(new() { Momentum = momentum, WeightDecay = decay });
        var state = optimizer.Start(flat.Weights);
        for (var step = 0; step < Steps; step++)
        {
            flat.DrawGradients(step);
            foreach (var (name, reference) in references)
            {
                reference.Parameter.grad = flat.GradientOf(name).clone();
                reference.Optimizer.step();
            }
            optimizer.Step(flat.Weights, state, Rate);
        }
        foreach (var (name, reference) in references)
            Assert.True(flat.Parameter(name).allclose(reference.Parameter, 1e-6, 1e-7), name);
        Assert.Equal(0, flat.Padding(flat.Weights.Groups[0].Values));
        Assert.Equal(["decay.direction", "no_decay.direction"], state.Tensors.Keys.Order());
    }

    [Fact]
    public void A_groups_factor_scales_its_learning_rate()
    {
        using var scope = NewDisposeScope();
        using FlatWeights half = new(), whole = new();
        var slow = new Weights([.. half.Weights.Groups.Select(group => group with { LearningRate = 0.5 })],
            half.Weights.Parameters, half.Weights.Buffers);
        var optimizer = new MomentumSgd(new());
        var (left, right) = (optimizer.Start(slow), optimizer.Start(whole.Weights));
        for (var step = 0; step < 3; step++)
        {
            half.DrawGradients(step);
            whole.DrawGradients(step);
            optimizer.Step(slow, left, Rate);
            optimizer.Step(whole.Weights, right, Rate / 2);
        }
        foreach (var name in half.Weights.Parameters.Keys)
            Assert.True(half.Parameter(name).bytes.SequenceEqual(whole.Parameter(name).bytes), name);
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using var flat = new FlatWeights();
        var optimizer = new MomentumSgd(new() { WeightDecay = 0.1 });
        var state = optimizer.Start(flat.Weights);
        flat.DrawGradients(0);
        using (NewDisposeScope()) optimizer.Step(flat.Weights, state, Rate);
        var before = Tensor.TotalCount;
        using (NewDisposeScope()) optimizer.Step(flat.Weights, state, Rate);
        Assert.Equal(before, Tensor.TotalCount);
        foreach (var tensor in state.Tensors.Values) tensor.Dispose();
    }
}
