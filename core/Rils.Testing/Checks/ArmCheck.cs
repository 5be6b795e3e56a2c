using Rils.Contract;
using Rils.Testing.Arms;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>A check of an arm that trains with kinds and systems of the plugin, as the engine trains it.</summary>
/// <param name="Name">The check's name, for messages.</param>
/// <param name="Run">Looks at the runs of the arm.</param>
sealed record ArmCheck(string Name, Func<ArmTrials, IEnumerable<Fault>> Run)
{
    /// <summary>The largest difference, as a share of the largest change of a weight, that another order of additions
    /// may make in two steps.</summary>
    const double Rounding = 1e-2;

    /// <summary>All checks. Those behind the first run where the first one passes.</summary>
    public static IReadOnlyList<ArmCheck> All { get; } =
    [
        new("trains", Trains), new("same result twice", Repeats), new("resume", Resumes),
        new("living tensors", Disposes), new("gradients", GivesGradients), new("parts", AddsUpInParts),
        new("bf16", RunsInBf16),
    ];

    const long Steps = TinyExperiment.Steps;

    static IEnumerable<Fault> Trains(ArmTrials arm) => arm.Run(new(), Steps).Failures.Select(failure =>
        new Fault(failure, "mend what the message names: the engine stops such an arm"));

    static IEnumerable<Fault> Repeats(ArmTrials arm)
    {
        if (arm.Run(new(), Steps).State != arm.Run(new(), Steps, time: 1).State)
            yield return new($"two runs of {Steps} steps from one seed end with other State",
                "draw from Seed.Root.Fork(\"name\") alone; read no time, no static field, and no order of a set");
    }

    static IEnumerable<Fault> Resumes(ArmTrials arm)
    {
        var resumed = arm.Resumed();
        foreach (var failure in resumed.Failures)
            yield return new($"a run that goes on from step {ArmTrials.Half} stops: {failure}",
                "make in Setup what steps need, also where a run goes on");
        if (resumed.Failures.Count == 0 && arm.Run(new(), Steps).State != resumed.State)
            yield return new($"a run that goes on from its checkpoint of step {ArmTrials.Half} ends with other State "
                + "than one that was not stopped",
                "let all that steps remember be State that implements ICheckpointed; no field of a class and no "
                + "service remembers numbers");
    }

    static IEnumerable<Fault> Disposes(ArmTrials arm)
    {
        // Other tests of the process may make tensors meanwhile; a step that leaves some does so every time.
        long Grown(int time) => arm.Run(new(), Steps - 1, time).Grown - arm.Run(new(), Half, time).Grown;
        if (Enumerable.Range(0, Times).All(time => Grown(time) > 0))
            yield return new($"a step leaves {Grown(0)} tensors alive when its dispose scope ends",
                "detach no tensor of a step from its dispose scope but for State, and dispose what that replaces; in a "
                + "system of Prepare, which runs in no scope, open one and detach what goes into Prepared");
    }

    static IEnumerable<Fault> GivesGradients(ArmTrials arm) =>
        arm.Run(new(), Steps).WithoutGradient.Select(name => new Fault($"no gradient arrives at {name}",
            "let a loss use the parameter, without detach() or no_grad(), or freeze it by requires_grad = false"));

    static IEnumerable<Fault> AddsUpInParts(ArmTrials arm)
    {
        // The sign of a gradient near zero is rounding: a step of an optimizer may hang on it.
        if (arm.Parts.Any(part => part.Entry.Slot == typeof(IOptimizer))) yield break;
        using var scope = NewDisposeScope();
        var (one, two) = (arm.Run(new(Parts: 1), Half), arm.Run(new(), Half));
        foreach (var failure in one.Failures)
            yield return new($"the arm stops where a batch is one part: {failure}",
                "let cut.Encode and cut.Run cut the batch, and nothing else");
        if (one.Failures.Count > 0) yield break;
        var moved = one.Weights.Max(group => Largest(group.After - group.Before));
        var apart = one.Weights.Zip(two.Weights).Max(pair => Largest(pair.First.After - pair.Second.After));
        if (apart > Rounding * moved)
            yield return new($"weights after {Half} steps differ by {apart / moved:0.##e+0} of their change where a "
                + "batch is cut into 2 parts in place of 1",
                "let no function of cut.Encode or cut.Run look at the samples beside a row, nor count the rows");
    }

    static IEnumerable<Fault> RunsInBf16(ArmTrials arm) =>
        arm.Run(new(Precision: "bf16"), Half).Failures.Select(failure => new Fault(
            $"with precision = \"bf16\" the arm stops: {failure}",
            "bring inputs to the type of a weight before a module, and to Float32 before a loss"));

    const int Times = 2, Half = ArmTrials.Half;

    static double Largest(Tensor values) =>
        values.numel() == 0 ? 0 : values.abs().max().to(ScalarType.Float64).item<double>();
}
