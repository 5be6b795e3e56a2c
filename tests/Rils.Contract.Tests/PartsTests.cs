using Rils.Contract;
using Rils.Models;
using Rils.TestKit.Memory;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Abstractions;

/// <summary>A pass over the parts of a batch, each on a core of its own, gives what the pass over the batch
/// gives.</summary>
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
        var (actual, gradients) = Gradients(given => Cut(layer.Apply, parts, given));
        GoldenAssert.Close(plain, actual, 1e-6, "value");
        foreach (var (expected, gradient) in plainGradients.Zip(gradients))
            GoldenAssert.CloseInNorm(expected, gradient, 1e-6, "gradient");
        Assert.Null(layer.Unused.grad);
        Assert.Null(layer.Frozen.grad);
    }

    /// <summary>Each part takes another time in each pass, forward and backward, so another core comes first each
    /// time.</summary>
    [Fact]
    public void Bits_do_not_depend_on_who_comes_first()
    {
        const int parts = 5;
        var random = new Random(5);
        int[] waits = [.. Enumerable.Range(0, parts)];
        Tensor InItsTime(Tensor[] given)
        {
            Thread.Sleep(waits[given[2][0].item<long>() * parts / 7]); // milliseconds
            return layer.Apply(given);
        }
        // The function waits in the backward pass too, where it runs again.
        Tensor[] Pass() => Gradients(given =>
            Cut(part => ActivationCheckpoint.Run(InItsTime, part), parts, [.. given, arange(7)])).Gradients;
        var first = Pass();
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(waits);
            Assert.All(first.Zip(Pass()), pair => Assert.True(pair.First.Equals(pair.Second)));
        }
    }

    /// <summary>In single precision a sum shows in which order it was made: 1e8 + 1 is 1e8.</summary>
    [Theory]
    [InlineData(0, new[] { 1e8f, 1, -1e8f, 1 })] // (1e8 + 1) + (-1e8 + 1)
    [InlineData(1, new[] { 1e8f, 1, -1e8f, 1, 1 })] // the same sum, then the fifth number
    [InlineData(0, new[] { 1e8f, 1, -1e8f })]
    [InlineData(2, new[] { 1e8f, -1e8f, 1, 1 })]
    [InlineData(2, new[] { 1, 1e8f, -1e8f, 1, 1, -1e8f, 1e8f, 1, 1, 1 })] // 0 in each half of the first eight
    public void Gradients_of_parameters_and_whole_inputs_are_added_in_a_tree(float sum, float[] gradients)
    {
        using var weight = new Parameter(zeros(1));
        using var whole = zeros(1, requires_grad: true);
        var output = new BatchParts(gradients.Length).Run(
            new Holder(weight), given => given[0] * weight + given[0] * given[1],
            [tensor(gradients)], whole);
        for (var pass = 0; pass < 2; pass++) // the first pass goes through a trial
        {
            (weight.grad, whole.grad) = (null, null);
            ActivationCheckpoint.Backward(output.sum());
            Assert.Equal((sum, sum), (weight.grad!.item<float>(), whole.grad!.item<float>()));
            output = new BatchParts(gradients.Length).Run(
                new Holder(weight), given => given[0] * weight + given[0] * given[1],
                [tensor(gradients)], whole);
        }
    }

    /// <summary>The limit holds however slow the first part is, and in any order of the others.</summary>
    [Theory]
    [InlineData(8, 1, 4)]
    [InlineData(8, 2, 5)]
    [InlineData(64, 3, 9)]
    public void No_more_gradients_live_than_threads_and_the_depth_of_the_tree(int parts, int threads, int most)
    {
        using var tree = new GradientTree(parts, threads);
        var (before, next, seen) = (LiveTensors.Settled(), -1, 0L);
        void TakeParts()
        {
            for (int part; (part = Interlocked.Increment(ref next)) < parts;)
                tree.Add(part, () =>
                {
                    var made = ones(1).DetachFromDisposeScope();
                    if (part == 0) Thread.Sleep(100);
                    InterlockedMaximum(ref seen, Tensor.TotalCount - before);
                    return [made];
                });
        }
        Thread[] cores = [.. Enumerable.Range(0, threads).Select(_ => new Thread(TakeParts) { IsBackground = true })];
        foreach (var core in cores) core.Start();
        Assert.All(cores, core => Assert.True(core.Join(Waiting.Limit), "it never ended"));
        Assert.Equal(parts, tree.Total(0)!.item<float>());
        // On each core, a sum and its two terms live at the same time for a moment.
        Assert.InRange(seen, 1, most + threads);

        static void InterlockedMaximum(ref long largest, long value)
        {
            for (var known = Volatile.Read(ref largest); known < value;)
                known = Interlocked.CompareExchange(ref largest, value, known);
        }
    }

    /// <summary>Some words occur several times, within one part and in several parts.</summary>
    [Fact]
    public void An_embedding_gets_the_gradient_of_the_plain_pass()
    {
        var words = nn.Embedding(9, 4, sparse: true);
        var tokens = tensor(new long[] { 3, 3, 5, 3, 8, 5, 5, 5, 0, 3, 3, 3 }).view(6, 2);
        Tensor Of(Func<Tensor> encode)
        {
            words.weight!.grad = zeros(9, 4);
            ActivationCheckpoint.Backward((encode() * arange(48).view(6, 2, 4)).sum());
            return words.weight.grad!;
        }
        var plain = Of(() => words.forward(tokens));
        for (var pass = 0; pass < 2; pass++)
            GoldenAssert.Close(
                plain, Of(() => new BatchParts(3).Encode(words, part => words.forward(part[0]), tokens)),
                1e-6, "gradient");
    }

    /// <summary>The models' own passes, which the engine's systems call.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    public void A_vision_transformer_gets_the_gradients_of_the_plain_pass(int? chunk)
    {
        var vit = new Vit(new() { Patch = 4, Width = 24, Depth = 2, Heads = 3, Recompute = chunk is not null }, 16);
        vit.Initialize(RandomStream.Root(1));
        var (images, visible) = (rand(24, 3, 16, 16),
            stack([.. Enumerable.Range(0, 24).Select(_ => randperm(16)[..4])]));
        Tensor Visible(Tensor[] parts) => vit.EncodeVisible(parts[0], parts[1]);
        Tensor[] Of(Func<Tensor> encode)
        {
            foreach (var parameter in vit.parameters()) parameter.grad = zeros_like(parameter);
            ActivationCheckpoint.Backward(encode().square().sum());
            return [.. vit.parameters().Select(parameter => parameter.grad!)];
        }
        var plain = Of(() => Visible([images, visible]));
        var actual = Of(() => new BatchParts(4, chunk).Encode(vit, Visible, images, visible));
        foreach (var (expected, gradient) in plain.Zip(actual))
            GoldenAssert.CloseInNorm(expected, gradient, 2e-6, "gradient");
    }

    [Fact]
    public void A_narrow_parameter_gathers_its_gradient_in_single_precision()
    {
        using var narrow = new Parameter(ones(6, 5, ScalarType.BFloat16));
        narrow.grad = zeros(6, 5);
        var holder = new Holder(narrow);
        for (var i = 0; i < 100; i++)
            new BatchParts(3).Run(holder, given => given[0].matmul(narrow), [ones(3, 6, ScalarType.BFloat16)])
                .sum().backward();
        Assert.True(narrow.grad!.Equals(full_like(narrow.grad!, 300))); // a sum in bfloat16 would stop at 256
    }

    [Fact]
    public void Without_gradients_nothing_is_kept()
    {
        using var off = no_grad();
        var count = LiveTensors.Settled();
        var output = Cut(layer.Apply, 3, input, constant);
        Assert.False(output.requires_grad);
        Assert.Equal(count + 1, Tensor.TotalCount);
        GoldenAssert.Close(layer.Apply([input, constant]), output, 1e-6, "value");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_a_part_throws_arrives(int failing)
    {
        var count = LiveTensors.Settled();
        Tensor Forward(Tensor[] given) =>
            given[0].shape[0] == 3 == (failing == 2) ? throw new TimeoutException("no time") : layer.Apply(given);
        // Three parts of seven rows hold 2, 2 and 3.
        Assert.Equal("no time", Assert.Throws<TimeoutException>(() => Cut(Forward, 3, input, constant)).Message);
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    [InlineData(true, 2)]
    public void What_a_part_throws_in_the_backward_pass_arrives(bool hasPassed, int failing)
    {
        if (hasPassed) Gradients(given => Cut(layer.Apply, 3, given));
        var isAgain = false;
        Tensor Failing(Tensor[] given) =>
            isAgain && given[0].shape[0] == 3 == (failing == 2)
                ? throw new TimeoutException("the second time") : layer.Apply(given);
        var output = Cut(part => ActivationCheckpoint.Run(Failing, part), 3, input, constant);
        isAgain = true;
        Assert.Equal("the second time",
            Assert.Throws<TimeoutException>(() => ActivationCheckpoint.Backward(output.sum())).Message);
        // The failure does no harm to the next pass.
        isAgain = false;
        Value_and_gradients_are_the_plain_calls(3);
    }

    /// <summary>Parts and passes that run backward without an error after the failure do not hide the
    /// failure.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    public void A_failure_is_told_though_others_come_through(int parts, int failing)
    {
        var isAgain = false;
        Tensor Failing(Tensor[] given) =>
            isAgain && (parts == 1 || given[0].shape[0] == 3 == (failing == 2))
                ? throw new TimeoutException("the second time") : layer.Apply(given);
        // ActivationCheckpoint.RunInParts comes first, so its turn in the backward pass is last.
        Tensor Both(Tensor[] part) =>
            ActivationCheckpoint.RunInParts(1, layer.Apply, part) + ActivationCheckpoint.Run(Failing, part);
        Gradients(given => Cut(Both, parts, given));
        var output = Cut(Both, parts, input, constant);
        isAgain = true;
        Assert.Equal("the second time",
            Assert.Throws<TimeoutException>(() => ActivationCheckpoint.Backward(output.sum())).Message);
    }

    /// <summary>Each pass of a model has its own trial: a backbone has several passes.</summary>
    [Fact]
    public void Another_pass_that_came_through_says_nothing_of_this_one()
    {
        Gradients(given => Cut(layer.Apply, 2, given));
        What_libtorch_finds_wrong_in_the_backward_pass_is_an_exception();
    }

    /// <summary>A model's pass may use none of the model's parameters.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pass_without_gradients_has_none_to_give(bool hasPassed)
    {
        if (hasPassed) Gradients(given => Cut(layer.Apply, 2, given));
        var before = layer.Weight.grad?.clone();
        input.grad?.zero_();
        var output = Cut(given => given[0].detach() * 2, 2, input * 1);
        ActivationCheckpoint.Backward(output.sum());
        Assert.Equal(0, input.grad!.abs().sum().item<float>());
        Assert.Equal(before is null, layer.Weight.grad is null);
        if (before is not null) Assert.True(before.Equals(layer.Weight.grad!));
    }

    [Fact]
    public void A_pass_goes_backward_once()
    {
        var output = Cut(layer.Apply, 2, input, constant);
        using var total = output.sum();
        total.backward(retain_graph: true);
        Assert.Contains("can go backward once",
            Assert.Throws<InvalidOperationException>(() => ActivationCheckpoint.Backward(total)).Message);
    }

    /// <summary>A plugin's mistake that only libtorch sees stops the arm and not the process.</summary>
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
        var output = Cut(Wrong, 2, input);
        Assert.Contains("modified by an inplace operation",
            Assert.ThrowsAny<Exception>(() => ActivationCheckpoint.Backward(output.sum())).Message);
    }

    [Fact]
    public void An_input_changed_in_between_is_an_error_not_a_wrong_gradient()
    {
        var middle = input * 2;
        var output = Cut(given => given[0].matmul(layer.Weight), 2, middle);
        using (no_grad()) middle.add_(1);
        Assert.Contains("modified by an inplace operation",
            Assert.ThrowsAny<Exception>(() => ActivationCheckpoint.Backward(output.sum())).Message);
    }

    [Fact]
    public void A_scope_that_ends_too_early_is_told()
    {
        Tensor output;
        using (NewDisposeScope()) output = Cut(layer.Apply, 2, input, constant).MoveToOuterDisposeScope();
        Assert.Contains("the dispose scope around BatchParts.Encode",
            Assert.Throws<InvalidOperationException>(() => ActivationCheckpoint.Backward(output.sum())).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_leaves_no_tensor_whether_a_loss_reads_it_or_not(bool isRead)
    {
        void Step()
        {
            using var own = NewDisposeScope();
            var output = Cut(layer.Apply, 3, input, constant);
            if (isRead) ActivationCheckpoint.Backward(output.sum());
        }
        for (var i = 0; i < 3; i++) Step();
        var count = LiveTensors.Settled() - ActivationCheckpoint.Absent;
        for (var i = 0; i < 20; i++) Step();
        Assert.Equal(count, Tensor.TotalCount - ActivationCheckpoint.Absent);
    }

    [Fact]
    public void A_part_may_hold_parts_and_runs_them_itself()
    {
        Tensor Nested(Tensor[] given) => new BatchParts(4).Encode(layer, layer.Apply, given);
        var (images, others) = (rand(40, 6), rand(40, 5));
        var threads = new HashSet<int>();
        var output = Cut(given =>
        {
            var before = Environment.CurrentManagedThreadId;
            var nested = new BatchParts(4).Encode(layer, parts =>
            {
                lock (threads) threads.Add(Environment.CurrentManagedThreadId - before);
                return layer.Apply(parts);
            }, given);
            return nested;
        }, 2, images, others);
        Assert.Equal([0], threads);
        GoldenAssert.Close(Nested([images, others]), output, 1e-6, "value");
    }

    /// <summary>A model that reads the whole batch, or draws from a generator that all threads share, would compute
    /// something else in parts.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_that_is_not_of_samples_stays_whole(bool draws)
    {
        nn.Module<Tensor, Tensor> inner = draws ? nn.Dropout(0.5) : nn.BatchNorm1d(6);
        var model = nn.Sequential(nn.Linear(6, 6), inner);
        var rows = new List<long>();
        new BatchParts(4).Encode(model, parts =>
        {
            lock (rows) rows.Add(parts[0].shape[0]);
            return model.forward(parts[0]);
        }, rand(40, 6));
        Assert.Equal([40], rows);
    }

    Tensor Cut(Func<Tensor[], Tensor> pass, int parts, params Tensor[] inputs) =>
        PartsCall.Run(PartedModel.Of(layer), pass, pass, parts, inputs, []);

    /// <summary>The value, and the gradients of the input and of the parameter.</summary>
    (Tensor Value, Tensor[] Gradients) Gradients(Func<Tensor[], Tensor> call)
    {
        foreach (var leaf in (Tensor[])[input, layer.Weight]) leaf.grad?.zero_();
        var value = call([input * 2, constant]);
        ActivationCheckpoint.Backward((value * value).sum());
        return (value, [input.grad!.clone(), layer.Weight.grad!.clone()]);
    }

    sealed class Holder : nn.Module
    {
        public Holder(Parameter held) : base("holder") => register_parameter("held", held);
    }

    sealed class Layer : nn.Module
    {
        public readonly Parameter Weight = new(Draws.Normal("weight", 6, 5)), Unused = new(ones(3)),
            Frozen = new(ones(5), requires_grad: false);

        public Layer() : base("layer") => RegisterComponents();

        public Tensor Apply(Tensor[] given) => (given[0].matmul(Weight).exp() * Frozen + given[1]).sigmoid();
    }
}
