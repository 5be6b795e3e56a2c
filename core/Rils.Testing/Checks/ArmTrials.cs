using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Scheduling;
using Rils.Testing.Arms;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>The end of a run of the kit's arm.</summary>
/// <param name="Failures">Why the arm stopped, and what passive systems threw.</param>
/// <param name="State">The hash of all State; empty after a failure.</param>
/// <param name="Grown">The number of tensors that the run holds.</param>
/// <param name="WithoutGradient">The trained parameters whose gradient is zero everywhere in the last step.</param>
sealed record ArmEnd(IReadOnlyList<string> Failures, string State, long Grown, IReadOnlyList<string> WithoutGradient)
{
    /// <summary>The values of all trained weights, group by group, before the first step and after the last.</summary>
    public IReadOnlyList<(Tensor Before, Tensor After)> Weights { get; init; } = [];
}

/// <summary>Runs of one arm of the kit, each made once, for all checks.</summary>
/// <param name="tiny">Makes the experiments.</param>
/// <param name="parts">The kinds and components of the arm.</param>
sealed class ArmTrials(TinyExperiment tiny, IReadOnlyList<ArmPart> parts) : IDisposable
{
    /// <summary>The step at which a run is stopped and goes on.</summary>
    public const int Half = TinyExperiment.Steps / 2;

    readonly string folder = Directory.CreateTempSubdirectory("rils-testing-").FullName;
    readonly DisposeScope kept = NewDisposeScope();
    readonly Dictionary<(ArmForm Form, long End, int Time), ArmEnd> ends = [];

    /// <summary>The kinds and components of the arm.</summary>
    public IReadOnlyList<ArmPart> Parts => parts;

    /// <summary>The systems of the plugin that run in the arm.</summary>
    public Plan Plan
    {
        get
        {
            using var experiment = Load(new());
            return experiment.PlanOf(experiment.NewWorld(0, "cpu", [TinyExperiment.Arm], static _ => null));
        }
    }

    /// <summary>Trains from the first step.</summary>
    /// <param name="form">How the experiment is run.</param>
    /// <param name="end">One past the last step.</param>
    /// <param name="time">Which of several equal runs.</param>
    public ArmEnd Run(ArmForm form, long end, int time = 0)
    {
        if (!ends.TryGetValue((form, end, time), out var known))
            ends[(form, end, time)] = known = Trained(form, 0, end, CheckpointsOf(form, end, time));
        return known;
    }

    /// <summary>Goes on from the State of a run to the half.</summary>
    public ArmEnd Resumed()
    {
        Run(new(), Half);
        return Trained(new(), Half, TinyExperiment.Steps, CheckpointsOf(new(), Half, 0));
    }

    string CheckpointsOf(ArmForm form, long end, int time) =>
        Path.Combine(folder, $"{form.Parts}-{form.Precision}-{end}-{time}");

    ArmEnd Trained(ArmForm form, long first, long end, string checkpoints)
    {
        using var experiment = Load(form);
        try
        {
            using var run = new TinyRun(experiment, [TinyExperiment.Arm], first, end);
            if (first > 0) run.Restore(checkpoints);
            Tensor[] before = [.. run.Weights.Groups.Select(Copy)];
            string[] failures = [.. run.Advance(end).Select(failure => failure.Message)];
            if (failures.Length > 0) return new(failures, "", 0, []);
            return new([], run.Save(checkpoints, end), run.Grown, [.. run.WithoutGradient()])
            {
                Weights = [.. before.Zip(run.Weights.Groups.Select(Copy))],
            };
        }
        catch (SystemFailedException failed)
        {
            return new([failed.Message], "", 0, []);
        }
    }

    Tensor Copy(Contract.ParameterGroup group)
    {
        var copy = group.Values.detach().clone();
        kept.Attach(copy);
        return copy;
    }

    Experiment Load(ArmForm form)
    {
        try
        {
            return tiny.Of(parts, form);
        }
        catch (ExperimentException refused)
        {
            throw new LeftOutException(string.Join("; ", refused.Problems.Select(problem => problem.Message)));
        }
        catch (ScheduleException refused)
        {
            throw new LeftOutException(string.Join("; ", refused.Mistakes));
        }
    }

    public void Dispose()
    {
        kept.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
