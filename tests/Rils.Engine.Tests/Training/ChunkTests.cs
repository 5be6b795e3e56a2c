using Rils.Contract;
using Rils.LanguageTarget;
using Rils.Runs;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>Training with a batch encoded in chunks, whose blocks run again in the backward pass, equals training with
/// the whole batch.</summary>
public sealed class ChunkTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly GoldenCase golden = new(Path.Combine(Repository.Root, "tests", "golden", "rils-tiny"));

    public void Dispose() => scope.Dispose();

    public static TheoryData<Prototypes, Gate, int> Cases
    {
        get
        {
            TheoryData<Prototypes, Gate, int> cases = [];
            foreach (var prototypes in (Prototypes[])[Prototypes.Attached, Prototypes.Detached])
                foreach (var gate in Enum.GetValues<Gate>())
                    foreach (var chunk in (int[])[1, 3, 4, 6]) cases.Add(prototypes, gate, chunk);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Losses_and_gradients_are_those_of_the_whole_batch(Prototypes prototypes, Gate gate, int chunk)
    {
        var (plainRow, plain) = Step(prototypes, gate);
        var (row, gradients) = Step(prototypes, gate, chunk);
        foreach (var ((name, expected), actual) in plainRow.Values.Zip(row.Values))
            Assert.True(Math.Abs(expected - actual.Value) <= 1e-6 * Math.Abs(expected),
                $"{name}: {actual.Value} instead of {expected}");
        GoldenAssert.CloseInNorm(Whole(plain), Whole(gradients), 1e-6, "the whole gradient");
        // The rounding shows where a sum cancels: a decoder's projection was off by 2.4e-6.
        foreach (var (name, expected) in plain) GoldenAssert.CloseInNorm(expected, gradients[name], 5e-6, name);
    }

    [Fact]
    public void Every_other_choice_of_the_target_is_that_of_the_whole_batch_too()
    {
        LanguageTargetOptions Other(LanguageTargetOptions target) =>
            target with { Gate = Gate.Soft, Patches = CountedPatches.All, Queue = 10, Loss = Comparison.Mse };
        var (plain, chunked) = (Train(Other), Train(Other, 4));
        foreach (var (expected, actual) in plain.Zip(chunked))
            foreach (var ((name, value), other) in expected.Values.Zip(actual.Values))
                Assert.True(Math.Abs(value - other.Value) <= 1e-5 * Math.Abs(value),
                    $"{name}: {other.Value} instead of {value}");
    }

    [Fact]
    public void A_queue_changes_the_loss_from_the_second_step_on()
    {
        var (without, with) = (Train(target => target with { Gate = Gate.None }),
            Train(target => target with { Gate = Gate.None, Queue = 4 }));
        Assert.Equal(without[0].Values, with[0].Values);
        Assert.True(Language(with[1]) > Language(without[1]) + 0.05, $"{Language(with[1])} and {Language(without[1])}");

        static double Language(MetricRow row) => row.Values.Single(value => value.Key == "language").Value;
    }

    IReadOnlyList<MetricRow> Train(Func<LanguageTargetOptions, LanguageTargetOptions> change, int? chunk = null)
    {
        var noise = golden.Read("inputs")["mask_noise"];
        using var arm = new GoldenArm(golden, [noise, noise, noise], change, chunk, parts: chunk is null ? 1 : 2);
        return arm.Train(3);
    }

    [Fact]
    public void It_gives_the_same_bits_again()
    {
        var (row, gradients) = Step(Prototypes.Attached, Gate.None, 4, recompute: true);
        var (again, gradientsAgain) = Step(Prototypes.Attached, Gate.None, 4, recompute: true);
        Assert.Equal(row.Values, again.Values);
        foreach (var (name, expected) in gradients) Assert.True(expected.Equals(gradientsAgain[name]), name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public void Blocks_that_run_again_change_no_bit(int? chunk)
    {
        var (plainRow, plain) = Step(Prototypes.Attached, Gate.None, chunk);
        var (row, gradients) = Step(Prototypes.Attached, Gate.None, chunk, recompute: true);
        Assert.Equal(plainRow.Values, row.Values);
        foreach (var (name, expected) in plain) Assert.True(expected.Equals(gradients[name]), name);
    }

    static Tensor Whole(Dictionary<string, Tensor> gradients) =>
        cat([.. gradients.Values.Select(gradient => gradient.flatten())]);

    /// <summary>Trains one step, and returns its metrics and all gradients.</summary>
    (MetricRow Row, Dictionary<string, Tensor> Gradients) Step(Prototypes prototypes, Gate gate,
        int? chunk = null, bool recompute = false)
    {
        using var arm = new GoldenArm(
            golden, [golden.Read("inputs")["mask_noise"]],
            target => target with { Prototypes = prototypes, Gate = gate }, chunk, recompute,
            parts: chunk is null ? 1 : 2);
        var row = Assert.Single(arm.Train(1));
        return (row, arm.Weights.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.grad!.clone()));
    }
}
