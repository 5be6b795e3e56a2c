using Rils.Abstractions;
using Rils.Models;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Abstractions;

/// <summary>A pass over the parts of a batch, each on a core of its own, is the pass over the batch.</summary>
public sealed class PartsTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly Tensor input = Draws.Leaf("input", 7, 6), constant = Draws.Normal("constant", 7, 5);
    readonly Layer layer = new();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Value_and_gradients_are_the_plain_calls(int parts)
    {
        var (plain, plainGradients) = Gradients(layer.Apply);
        var (actual, gradients) = Gradients(given => PartsCall.Run(PartedModel.Of(layer), layer.Apply, parts, given));
        GoldenAssert.Close(plain, actual, 1e-6, "value");
        foreach (var (expected, gradient) in plainGradients.Zip(gradients)) GoldenAssert.CloseInNorm(expected, gradient, 1e-6, "gradient");
        Assert.Null(layer.Unused.grad);
        Assert.Null(layer.Frozen.grad);
    }

    /// <summary>Whichever core is the faster one: they take their turns in orders of ours, forward and backward.</summary>
    [Fact]
    public void Bits_do_not_depend_on_who_comes_first()
    {
        const int parts = 5;
        var (random, turn) = (new Random(5), 0);
        int[] order = [.. Enumerable.Range(0, parts)];
        Tensor InTurn(Tensor[] given)
        {
            var core = int.Parse(Thread.CurrentThread.Name!.Split(' ')[^1]);
            Assert.True(SpinWait.SpinUntil(() => order[Volatile.Read(ref turn) % parts] == core, TimeSpan.FromMinutes(1)), "its turn never came");
            try
            {
                return layer.Apply(given);
            }
            finally
            {
                Interlocked.Increment(ref turn);
            }
        }
        // The backward pass is in turns as well: there what is encoded again in it.
        Tensor[] Pass() => Gradients(given => PartsCall.Run(PartedModel.Of(layer), part => Recompute.Run(InTurn, part), parts, given)).Gradients;
        var first = Pass();
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(order);
            Assert.All(first.Zip(Pass()), pair => Assert.True(pair.First.Equals(pair.Second)));
        }
    }

    /// <summary>The models themselves, through what the systems call.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(9)]
    public void A_vision_transformer_gets_the_gradients_of_the_plain_pass(int? chunk)
    {
        var vit = new Vit(new() { Patch = 4, Width = 24, Depth = 2, Heads = 3, Recompute = chunk is not null }, 16);
        vit.Initialize(RandomStream.Root(1));
        var (images, visible) = (rand(24, 3, 16, 16), stack([.. Enumerable.Range(0, 24).Select(_ => randperm(16)[..4])]));
        Tensor Visible(Tensor[] parts) => vit.EncodeVisible(parts[0], parts[1]);
        Tensor[] Of(Func<Tensor> encode)
        {
            foreach (var parameter in vit.parameters()) parameter.grad = zeros_like(parameter);
            Recompute.Backward(encode().square().sum());
            return [.. vit.parameters().Select(parameter => parameter.grad!)];
        }
        var plain = Of(() => Visible([images, visible]));
        var actual = Of(() => Chunk.Encode(chunk is { } size ? new(new Chunk(size)) : default, vit, Visible, images, visible));
        foreach (var (expected, gradient) in plain.Zip(actual)) GoldenAssert.CloseInNorm(expected, gradient, 2e-6, "gradient");
    }

    [Fact]
    public void A_narrow_parameter_gathers_its_gradient_in_single_precision()
    {
        using var narrow = new Parameter(ones(6, 5, ScalarType.BFloat16));
        narrow.grad = zeros(6, 5);
        var holder = new Holder(narrow);
        for (var i = 0; i < 100; i++)
            PartsCall.Run(PartedModel.Of(holder), given => given[0].matmul(narrow), 3, ones(3, 6, ScalarType.BFloat16)).sum().backward();
        Assert.True(narrow.grad!.Equals(full_like(narrow.grad!, 300))); // in bfloat16 it would stop at 256
    }

    [Fact]
    public void Without_gradients_nothing_is_kept()
    {
        using var off = no_grad();
        var count = Tensor.TotalCount;
        var output = PartsCall.Run(PartedModel.Of(layer), layer.Apply, 3, input, constant);
        Assert.False(output.requires_grad);
        Assert.Equal(count + 1, Tensor.TotalCount);
        GoldenAssert.Close(layer.Apply([input, constant]), output, 1e-6, "value");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_a_part_throws_arrives(int failing)
    {
        var count = Tensor.TotalCount;
        Tensor Forward(Tensor[] given) => given[0].shape[0] == 3 == (failing == 2) ? throw new TimeoutException("no time") : layer.Apply(given);
        // Seven in three parts: 2, 2 and 3.
        Assert.Equal("no time", Assert.Throws<TimeoutException>(() => PartsCall.Run(PartedModel.Of(layer), Forward, 3, input, constant)).Message);
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    [InlineData(true, 2)]
    public void What_a_part_throws_in_the_backward_pass_arrives(bool hasPassed, int failing)
    {
        if (hasPassed) Gradients(given => PartsCall.Run(PartedModel.Of(layer), layer.Apply, 3, given));
        var isAgain = false;
        Tensor Failing(Tensor[] given) =>
            isAgain && given[0].shape[0] == 3 == (failing == 2) ? throw new TimeoutException("the second time") : layer.Apply(given);
        var output = PartsCall.Run(PartedModel.Of(layer), part => Recompute.Run(Failing, part), 3, input, constant);
        isAgain = true;
        Assert.Equal("the second time", Assert.Throws<TimeoutException>(() => Recompute.Backward(output.sum())).Message);
        // The next pass is none the worse.
        isAgain = false;
        Value_and_gradients_are_the_plain_calls(3);
    }

    /// <summary>What runs backward after it, and well, does not hide it: neither a part's nor a pass's own.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    public void A_failure_is_told_though_others_come_through(int parts, int failing)
    {
        var isAgain = false;
        Tensor Failing(Tensor[] given) =>
            isAgain && (parts == 1 || given[0].shape[0] == 3 == (failing == 2)) ? throw new TimeoutException("the second time") : layer.Apply(given);
        // Made first, so that its turn in the backward pass is last.
        Tensor Both(Tensor[] part) => Recompute.RunInParts(1, layer.Apply, part) + Recompute.Run(Failing, part);
        Gradients(given => PartsCall.Run(PartedModel.Of(layer), Both, parts, given));
        var output = PartsCall.Run(PartedModel.Of(layer), Both, parts, input, constant);
        isAgain = true;
        Assert.Equal("the second time", Assert.Throws<TimeoutException>(() => Recompute.Backward(output.sum())).Message);
    }

    /// <summary>Each pass of a model is tried apart from its others: a backbone has several.</summary>
    [Fact]
    public void Another_pass_that_came_through_says_nothing_of_this_one()
    {
        Gradients(given => PartsCall.Run(PartedModel.Of(layer), layer.Apply, 2, given));
        What_libtorch_finds_wrong_in_the_backward_pass_is_an_exception();
    }

    /// <summary>As a model's pass that uses none of its parameters.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pass_without_gradients_has_none_to_give(bool hasPassed)
    {
        if (hasPassed) Gradients(given => PartsCall.Run(PartedModel.Of(layer), layer.Apply, 2, given));
        var before = layer.Weight.grad?.clone();
        input.grad?.zero_();
        var output = PartsCall.Run(PartedModel.Of(layer), given => given[0].detach() * 2, 2, input * 1);
        Recompute.Backward(output.sum());
        Assert.Equal(0, input.grad!.abs().sum().item<float>());
        Assert.Equal(before is null, layer.Weight.grad is null);
        if (before is not null) Assert.True(before.Equals(layer.Weight.grad!));
    }

    [Fact]
    public void A_pass_goes_backward_once()
    {
        var output = PartsCall.Run(PartedModel.Of(layer), layer.Apply, 2, input, constant);
        using var total = output.sum();
        total.backward(retain_graph: true);
        Assert.Contains("can go backward once", Assert.Throws<InvalidOperationException>(() => Recompute.Backward(total)).Message);
    }

    /// <summary>A plugin's mistake, which only libtorch sees, costs the arm and not the process.</summary>
    [Fact]
    public void What_libtorch_finds_wrong_in_the_backward_pass_is_an_exception()
    {
        Tensor Wrong(Tensor[] given)
        {
            var kept = given[0].matmul(layer.Weight).exp();
            var result = kept * kept;
            using (no_grad()) kept.add_(1);
            return result;
        }
        var output = PartsCall.Run(PartedModel.Of(layer), Wrong, 2, input);
        Assert.Contains("modified by an inplace operation", Assert.ThrowsAny<Exception>(() => Recompute.Backward(output.sum())).Message);
    }

    [Fact]
    public void An_input_changed_in_between_is_an_error_not_a_wrong_gradient()
    {
        var middle = input * 2;
        var output = PartsCall.Run(PartedModel.Of(layer), given => given[0].matmul(layer.Weight), 2, middle);
        using (no_grad()) middle.add_(1);
        Assert.Contains("modified by an inplace operation", Assert.ThrowsAny<Exception>(() => Recompute.Backward(output.sum())).Message);
    }

    [Fact]
    public void A_scope_that_ends_too_early_is_told()
    {
        Tensor output;
        using (NewDisposeScope()) output = PartsCall.Run(PartedModel.Of(layer), layer.Apply, 2, input, constant).MoveToOuterDisposeScope();
        Assert.Contains("the dispose scope around Chunk.Encode", Assert.Throws<InvalidOperationException>(() => Recompute.Backward(output.sum())).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_leaves_no_tensor_whether_a_loss_reads_it_or_not(bool isRead)
    {
        void Step()
        {
            using var own = NewDisposeScope();
            var output = PartsCall.Run(PartedModel.Of(layer), layer.Apply, 3, input, constant);
            if (isRead) Recompute.Backward(output.sum());
        }
        layer.Unused.requires_grad = false; // TorchSharp counts the empty handle that stands for its gradient, and never stops
        for (var i = 0; i < 3; i++) Step();
        var count = Tensor.TotalCount;
        for (var i = 0; i < 20; i++) Step();
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public void A_part_may_hold_parts_and_runs_them_itself()
    {
        Tensor Nested(Tensor[] given) => Chunk.Encode(default, layer, layer.Apply, given);
        var (images, others) = (rand(40, 6), rand(40, 5));
        var threads = new HashSet<int>();
        var output = PartsCall.Run(PartedModel.Of(layer), given =>
        {
            var before = Environment.CurrentManagedThreadId;
            var nested = Chunk.Encode(default, layer, parts =>
            {
                lock (threads) threads.Add(Environment.CurrentManagedThreadId - before);
                return layer.Apply(parts);
            }, given);
            return nested;
        }, 2, images, others);
        Assert.Equal([0], threads);
        GoldenAssert.Close(Nested([images, others]), output, 1e-6, "value");
    }

    /// <summary>What looks at the whole batch, or draws from a generator that all threads share, would be another model in parts.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_that_is_not_of_samples_stays_whole(bool draws)
    {
        nn.Module<Tensor, Tensor> inner = draws ? nn.Dropout(0.5) : nn.BatchNorm1d(6);
        var model = nn.Sequential(nn.Linear(6, 6), inner);
        var rows = new List<long>();
        Chunk.Encode(default, model, parts =>
        {
            lock (rows) rows.Add(parts[0].shape[0]);
            return model.forward(parts[0]);
        }, rand(40, 6));
        Assert.Equal([40], rows);
    }

    /// <summary>Value, and gradients of the input and the parameter.</summary>
    (Tensor Value, Tensor[] Gradients) Gradients(Func<Tensor[], Tensor> call)
    {
        foreach (var leaf in (Tensor[])[input, layer.Weight]) leaf.grad?.zero_();
        var value = call([input * 2, constant]);
        Recompute.Backward((value * value).sum());
        return (value, [input.grad!.clone(), layer.Weight.grad!.clone()]);
    }

    sealed class Holder : nn.Module
    {
        public Holder(Parameter held) : base("holder") => register_parameter("held", held);
    }

    sealed class Layer : nn.Module
    {
        public readonly Parameter Weight = new(Draws.Normal("weight", 6, 5)), Unused = new(ones(3)), Frozen = new(ones(5), requires_grad: false);

        public Layer() : base("layer") => RegisterComponents();

        public Tensor Apply(Tensor[] given) => (given[0].matmul(Weight).exp() * Frozen + given[1]).sigmoid();
    }
}
