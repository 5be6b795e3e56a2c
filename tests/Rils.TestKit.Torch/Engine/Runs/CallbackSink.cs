using Rils.Contract;

namespace Rils.Tests.Engine.Runs;

/// <summary>A sink that calls a test back at the events of a run.</summary>
sealed class CallbackSink(
    Action<long>? trained = null, Action<long>? evaluating = null, Action<HeadOutcome>? evaluated = null,
    Action<long>? started = null, Action<string, IReadOnlyList<string>>? leftOut = null,
    Action<string, IReadOnlyList<string>>? taken = null) : ISink
{
    public void Receive(RunEvent happened)
    {
        switch (happened)
        {
            case PhaseStarted phase: started?.Invoke(phase.Seed); break;
            case WeightsTaken weights: taken?.Invoke(weights.Arm, weights.Summary); break;
            case HeadLeftOut left: leftOut?.Invoke(left.Head, left.Arms); break;
            case StepsTrained steps: trained?.Invoke(steps.Step); break;
            case EvaluationStarted evaluation: evaluating?.Invoke(evaluation.Step); break;
            case HeadEvaluated head: evaluated?.Invoke(head.Outcome); break;
        }
    }

    public void Dispose()
    {
    }
}
