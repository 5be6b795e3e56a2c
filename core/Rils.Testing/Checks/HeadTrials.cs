using Rils.Configuration;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Testing.Arms;

namespace Rils.Testing.Checks;

/// <summary>The evaluations of one head on arms of the kit, each made once, for all checks.</summary>
/// <param name="tiny">Makes the experiments.</param>
/// <param name="head">The head.</param>
/// <param name="parts">Kinds and components of the first arm.</param>
sealed class HeadTrials(TinyExperiment tiny, ArmPart head, IReadOnlyList<ArmPart> parts)
{
    /// <summary>An evaluation of all arms.</summary>
    /// <param name="Findings">The result of each arm that the head can evaluate.</param>
    /// <param name="Failures">Why arms and the head on them stopped.</param>
    public sealed record Evaluated(IReadOnlyList<HeadFinding> Findings, IReadOnlyList<string> Failures)
    {
        /// <summary>The metrics, each by arm and name.</summary>
        public IReadOnlyDictionary<string, double> Metrics => (
            from finding in Findings
            from metric in finding.Outcome.Metrics
            select (Name: $"{metric.Key} of arm {finding.Outcome.Arm}", metric.Value.Value))
            .ToDictionary(metric => metric.Name, metric => metric.Value);
    }

    readonly Dictionary<ArmForm, (Evaluated First, Evaluated Second, long Kept)> known = [];

    /// <summary>Evaluates twice in one run.</summary>
    /// <param name="form">How the experiment is run.</param>
    /// <returns>Both evaluations, and the number of tensors that the second one keeps.</returns>
    public (Evaluated First, Evaluated Second, long Kept) Of(ArmForm form)
    {
        if (known.TryGetValue(form, out var made)) return made;
        try
        {
            using var experiment = tiny.OfHead(head, parts, form);
            using var run = new TinyRun(experiment, experiment.Arms, 0, 1);
            var first = Evaluate(run);
            if (first.Findings.Count == 0 && first.Failures.Count == 0)
                throw new LeftOutException("CanEvaluate is false for every arm of the kit, also for one with backbone, "
                    + "text, space and tokenizer");
            var before = run.Kept;
            var second = Evaluate(run);
            return known[form] = (first, second, run.Kept - before);
        }
        catch (ExperimentException refused)
        {
            throw new LeftOutException(string.Join("; ", refused.Problems.Select(problem => problem.Message)));
        }
        catch (ScheduleException refused)
        {
            throw new LeftOutException(string.Join("; ", refused.Mistakes));
        }
        catch (SystemFailedException failed)
        {
            throw new LeftOutException(failed.Message);
        }
    }

    static Evaluated Evaluate(TinyRun run)
    {
        var findings = run.Evaluate();
        return new([.. findings.Where(finding => finding.Cause is null)],
        [
            .. findings.Where(finding => finding.Cause is not null)
                .Select(finding => $"the head fails on arm {finding.Outcome.Arm}: {finding.Outcome.Failure}"),
            .. run.Failures.Select(failure => failure.Message),
        ]);
    }
}
