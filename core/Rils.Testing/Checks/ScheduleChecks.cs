using Rils.Contract;

namespace Rils.Testing.Checks;

/// <summary>Checks of <c>[schedule]</c>.</summary>
static class ScheduleChecks
{
    public static IEnumerable<Fault> TellsRates(ISchedule schedule, ExperimentContext experiment)
    {
        foreach (var step in Steps(experiment))
            if (schedule.LearningRate(step) is var rate && !(double.IsFinite(rate) && rate >= 0))
            {
                yield return new($"the rate of step {step} is {rate}", "tell a finite rate of at least 0");
                yield break;
            }
    }

    public static IEnumerable<Fault> DependsOnTheStepAlone(Func<ISchedule> make, ExperimentContext experiment)
    {
        var (forward, backward) = (make(), make());
        var rates = Steps(experiment).Select(forward.LearningRate).ToArray();
        var again = Steps(experiment).Reverse().Select(backward.LearningRate).Reverse().ToArray();
        foreach (var (step, pair) in rates.Zip(again).Index())
            if (!pair.First.Equals(pair.Second))
            {
                yield return new($"the rate of step {step} depends on the steps that were asked before",
                    "compute the rate from the step alone: a resumed run asks from the middle");
                yield break;
            }
    }

    static IEnumerable<long> Steps(ExperimentContext experiment) =>
        Enumerable.Range(0, (int)Math.Min(experiment.Steps, 1000)).Select(step => (long)step);
}
