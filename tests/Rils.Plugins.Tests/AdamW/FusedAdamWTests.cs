using Rils.Contract;
using Rils.AdamW;
using Rils.TestKit.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.AdamW;

public sealed class FusedAdamWTests
{
    const int Steps = 20;
    const double Rate = 1e-2;
    static readonly AdamWOptions Options = new();

    [Fact]
    public void Twenty_steps_agree_with_TorchSharps_AdamW()
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        using var parameter = new TorchSharp.Modules.Parameter(flat.Parameter("decay.0").clone()
            .DetachFromDisposeScope());
        using var reference = optim.AdamW([parameter], Rate, 0.9, 0.98, 1e-8, 0.1);
        var state = Run(flat, Options, (step, _) =>
        {
            parameter.grad = flat.GradientOf("decay.0").clone();
            reference.step();
        });
        Assert.True(flat.Parameter("decay.0").allclose(parameter, 1e-6, 1e-6));
        Assert.Equal(Steps, state.Tensors["decay.step"].item<float>());
    }

    [Fact]
    public void Twenty_steps_agree_with_a_reference_in_double_precision()
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        var references = flat.Weights.Parameters.ToDictionary(entry => entry.Key,
            entry => new ReferenceAdamW(entry.Value, entry.Key.StartsWith("decay") ? 0.1 : 0));
        Run(flat, Options, (_, _) =>
        {
            foreach (var (name, reference) in references) reference.Step(flat.GradientOf(name), Rate);
        });
        foreach (var (name, reference) in references) reference.AssertNear(flat.Parameter(name), 2e-6);
    }

    [Fact]
    public void Padding_stays_zero()
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        var state = Run(flat, Options with { MaxNorm = 1 });
        Assert.Equal(0, flat.Padding(flat.Weights.Groups[0].Values));
        Assert.Equal(0, flat.Padding(state.Tensors["decay.first_moment"]));
        Assert.Equal(0, flat.Padding(state.Tensors["decay.second_moment"]));
    }

    [Fact]
    public void A_groups_factor_scales_its_weight_decay()
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        flat.ClearGradients();
        var optimizer = new FusedAdamW(Options);
        var before = flat.Weights.Groups.Select(group => group.Values.clone()).ToArray();
        optimizer.Step(flat.Weights, optimizer.Start(flat.Weights), Rate);
        // Without gradients only the decay moves weights: by rate * 0.1 * 1 in the first group, by nothing in the
        // second.
        Assert.True(flat.Weights.Groups[0].Values.allclose(before[0] * (1 - Rate * 0.1), 1e-6, 0));
        Assert.True(flat.Weights.Groups[1].Values.Equals(before[1]));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e6)]
    public void Clipping_is_that_of_clip_grad_norm(double maximum)
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        flat.DrawGradients(0);
        var names = flat.Weights.Parameters.Keys.ToArray();
        var references = names.Select(name =>
        {
            var parameter = new TorchSharp.Modules.Parameter(flat.Parameter(name).clone());
            parameter.grad = flat.GradientOf(name).clone();
            return parameter;
        }).ToArray();
        var norm = nn.utils.clip_grad_norm_(references, maximum);
        Assert.True(norm > 0.5);

        var optimizer = new FusedAdamW(Options with { MaxNorm = maximum });
        optimizer.Step(flat.Weights, optimizer.Start(flat.Weights), Rate);
        foreach (var (name, reference) in names.Zip(references))
            Assert.True(flat.GradientOf(name).allclose(reference.grad!, 1e-6, 1e-8), name);
    }

    [Fact]
    public void A_groups_factor_scales_its_learning_rate()
    {
        using var scope = NewDisposeScope();
        using FlatWeights half = new(), whole = new();
        var slow = new Weights([.. half.Weights.Groups.Select(group => group with { LearningRate = 0.5 })],
            half.Weights.Parameters, half.Weights.Buffers);
        var optimizer = new FusedAdamW(Options);
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
    public void State_outlives_the_scope_in_which_it_was_made()
    {
        using var flat = new FlatWeights();
        var optimizer = new FusedAdamW(Options);
        OptimizerState state;
        using (NewDisposeScope()) state = optimizer.Start(flat.Weights);
        Assert.All(state.Tensors.Values, tensor => Assert.False(tensor.IsInvalid));
        Assert.Equal(["decay.first_moment", "decay.second_moment", "decay.step",
            "no_decay.first_moment", "no_decay.second_moment", "no_decay.step"], state.Tensors.Keys.Order());
        foreach (var tensor in state.Tensors.Values) tensor.Dispose();
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using var flat = new FlatWeights();
        var optimizer = new FusedAdamW(Options with { MaxNorm = 1 });
        var state = optimizer.Start(flat.Weights);
        flat.DrawGradients(0);
        var before = LiveTensors.Settled();
        optimizer.Step(flat.Weights, state, Rate);
        Assert.Equal(before, Tensor.TotalCount);
        foreach (var tensor in state.Tensors.Values) tensor.Dispose();
    }

    [Fact]
    public void State_of_other_weights_is_refused()
    {
        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        var optimizer = new FusedAdamW(Options);
        var state =
            new Dictionary<string, Tensor>(optimizer.Start(flat.Weights).Tensors) { ["decay.first_moment"] = zeros(3) };
        var error = Assert.Throws<ArgumentException>(() => optimizer.Step(flat.Weights, new(state), Rate));
        Assert.Contains("first moment is Float32 of 3", error.Message);
    }

    [Fact]
    public void A_beta_of_one_is_refused() =>
        Assert.Contains("betas = [0.9, 1]",
            Assert.Throws<ArgumentException>(() => new FusedAdamW(new() { Betas = [0.9, 1] })).Message);

    static OptimizerState Run(FlatWeights flat, AdamWOptions options, Action<int, OptimizerState>? beside = null)
    {
        var optimizer = new FusedAdamW(options);
        var state = optimizer.Start(flat.Weights);
        for (var step = 0; step < Steps; step++)
        {
            flat.DrawGradients(step);
            beside?.Invoke(step, state);
            optimizer.Step(flat.Weights, state, Rate);
        }
        return state;
    }
}
