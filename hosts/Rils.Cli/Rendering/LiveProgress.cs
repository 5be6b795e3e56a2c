using Rils.Analysis;
using Rils.Contract;
using Rils.Files;
using Rils.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rils.Cli.Rendering;

/// <summary>Redraws a run's progress on a terminal: a line for the run, and a table with a row per arm.</summary>
sealed class LiveProgress(RunProgress progress, Action<IRenderable> show) : ISink
{
    readonly Dictionary<string, Dictionary<string, HeadOutcome>> results = [];
    readonly List<string> notes = [];

    public void Receive(RunEvent happened)
    {
        progress.Add(happened);
        switch (happened)
        {
            case PhaseStarted started:
                if (started.Phase == 1) results.Clear();
                notes.Clear();
                break;
            case HeadLeftOut left: notes.Add(RunLines.LeftOut(left.Head, left.Arms)); break;
            case WeightsTaken taken: notes.AddRange(RunLines.Taken(taken.Arm, taken.Summary)); break;
            case HeadEvaluated { Outcome: var outcome }: Keep(outcome); break;
            case RunEnded: return;
        }
        Draw(happened is EvaluationStarted ? " · evaluating" : "");
    }

    public void Dispose()
    {
    }

    void Keep(HeadOutcome outcome)
    {
        if (!results.TryGetValue(outcome.Arm, out var heads)) results[outcome.Arm] = heads = [];
        heads[outcome.Head] = outcome;
    }

    void Draw(string phase) => show(Picture(progress, results, notes, phase));

    static Rows Picture(
        RunProgress progress, Dictionary<string, Dictionary<string, HeadOutcome>> results, IEnumerable<string> notes,
        string phase)
    {
        var done = 100.0 * progress.AllSteps / progress.Scale.AllSteps;
        var table = new Table().RoundedBorder().AddColumn("arm").AddColumn("training").AddColumn("last evaluation");
        foreach (var arm in progress.Scale.Arms.SelectMany(arm => (string[])[arm, ArmAverage.NameOf(arm)])
            .Where(arm => !ArmAverage.Is(arm) || results.ContainsKey(arm)))
            table.AddRow(
                new Text(arm), new Text(Training(progress, arm)), new Text(Results(results.GetValueOrDefault(arm))));
        var references = References.Lines(results.Values.SelectMany(heads => heads.Values));
        var position = $"{RunLines.Position(progress)} ({done:0}%)  {RunLines.Pace(progress)}{phase}";
        return new Rows([new Text(position), table,
            .. notes.Concat(references).Select(line => new Text(Printable.Line(line), Terminal.Dim))]);
    }

    static string Training(RunProgress progress, string arm)
    {
        if (progress.Stopped.Contains(arm)) return "stopped early";
        return progress.Latest.TryGetValue(arm, out var row) ? RunLines.Metrics(row).Replace("  ", "\n") : "";
    }

    static string Results(Dictionary<string, HeadOutcome>? heads) => heads is null ? "" : string.Join('\n',
        heads.Values.Select(outcome => $"{outcome.Head}  {RunLines.Finding(outcome)}"));
}
