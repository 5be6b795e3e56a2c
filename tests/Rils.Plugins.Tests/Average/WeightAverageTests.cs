using System.Globalization;
using Rils.Average;
using Rils.Contract;
using Rils.Scheduling;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Teachers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Average;

public sealed class WeightAverageTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory, Trait("Category", "Golden")]
    [MemberData(nameof(GoldenCases.Of), "finetune-optimizers", MemberType = typeof(GoldenCases))]
    public void Each_step_has_the_numbers_of_the_golden_case(string folder)
    {
        var golden = new GoldenCase(folder);
        var (inputs, outputs) = (golden.Read("inputs"), golden.Read("outputs"));
        string[] averages = [.. outputs.Keys.Where(name => name.StartsWith("ema.", StringComparison.Ordinal))];
        Assert.True(averages.Length >= 3);
        foreach (var name in averages)
        {
            var (start, values, expected) = (inputs["ema.start"], inputs["ema.values"], outputs[name]);
            var momentum = name["ema.".Length..];
            var warmup = momentum.StartsWith("warmup", StringComparison.Ordinal);
            var options = new AverageOptions
            {
                Warmup = warmup,
                Momentum = double.Parse(warmup ? momentum["warmup".Length..] : momentum, CultureInfo.InvariantCulture),
            };
            var followed = Of(start);
            var average = new WeightAverage(followed);
            for (var step = 0; step < values.shape[0]; step++)
            {
                followed.Groups[0].Values.copy_(values[step].flatten());
                AverageSystems.Follow(options, new Step(step), ref average);
                GoldenAssert.Close(expected[step], average.Values.Parameters["p"], 1e-6, $"{name}, step {step}");
            }
            average.Dispose();
        }
    }

    /// <summary>Under bf16 the average is fp32, as the weights that it follows.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_has_the_bits_of_the_formula_parameter_by_parameter_and_changes_no_weight(bool mixed)
    {
        using var student = new TeacherModules(mixed);
        var average = new WeightAverage(student.Weights);
        var expected = student.Weights.Parameters.ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        for (var step = 0; step < 4; step++)
        {
            student.Train(step);
            var before = student.Weights.Groups.Select(group => group.Values.bytes.ToArray()).ToArray();
            average.Follow(0.7);
            Assert.Equal(before, student.Weights.Groups.Select(group => group.Values.bytes.ToArray()));
            foreach (var (name, tensor) in expected) tensor.mul_(0.7).add_(student.Weights.Parameters[name], 1 - 0.7);
        }
        Assert.Equal(expected.Keys, average.Values.Parameters.Keys);
        Assert.All(expected, tensor => Assert.True(
            tensor.Value.bytes.SequenceEqual(average.Values.Parameters[tensor.Key].contiguous().bytes), tensor.Key));
        Assert.All(average.Values.Groups, group => Assert.Null(group.Bf16));
        var size = student.Weights.Groups.Sum(group => group.Values.numel());
        var buffers = student.Weights.Buffers.Values.Sum(buffer => buffer.numel() * buffer.dtype.ElementSize());
        Assert.Equal(4 * size + buffers, average.Bytes);
        average.Dispose();
        Assert.All(student.Weights.Parameters.Values, values => Assert.False(values.IsInvalid));
    }

    [Fact]
    public void Buffers_are_copied_and_frozen_parameters_are_the_arms_own()
    {
        var followed = Of(ones(4));
        var (frozen, count) = (full(3, 7f), tensor(1L));
        var own = new Weights(followed.Groups,
            new Dictionary<string, Tensor>(followed.Parameters) { ["frozen"] = frozen },
            new Dictionary<string, Tensor> { ["norm.num_batches_tracked"] = count });
        var average = new WeightAverage(own);
        count.add_(4);
        average.Follow(0.9);
        Assert.Equal(5, average.Values.Buffers["norm.num_batches_tracked"].item<long>());
        Assert.True(average.Values.Parameters["frozen"].Equals(frozen));
        Assert.Equal(["norm.num_batches_tracked", "p"], ((ICheckpointed)average).Tensors.Keys.Order());
        average.Dispose();
        Assert.False(frozen.IsInvalid || count.IsInvalid);
    }

    static Weights Of(Tensor start)
    {
        var values = start.flatten().clone();
        var group = new ParameterGroup("decay", 1, values, zeros_like(values))
        {
            Starts = new Dictionary<string, long> { ["p"] = 0 },
        };
        return new([group], new Dictionary<string, Tensor> { ["p"] = values.view(start.shape) },
            new Dictionary<string, Tensor>());
    }
}
