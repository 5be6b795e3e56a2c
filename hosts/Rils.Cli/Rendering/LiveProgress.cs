using Rils.Analysis;
using Rils.Engine.Execution;
using Rils.Engine.Pretrained;
using Rils.Files;
using Rils.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rils.Cli.Rendering;

/// <summary>Progress that redraws itself on a terminal: a line for the run, a table with a row per arm.</summary>
sealed class LiveProgress(RunProgress progress, Action<IRenderable> show) : IRunObserver
{
    readonly Dictionary<string, Dictionary<string, HeadOutcome>> results = [];
    readonly List<string> notes = [];

    public void Started(long seed, int phase, long firstStep)
    {
        progress.Started(seed, phase, firstStep);
        if (phase == 1) results.Clear();
        notes.Clear();
        Draw();
    }

    public void LeftOut(long seed, string head, IReadOnlyList<string> arms)
    {
        notes.Add(RunLines.LeftOut(head, arms));
        Draw();
    }

    public void Taken(long seed, string arm, TakenWeights taken)
    {
        notes.AddRange(RunLines.Taken(arm, taken));
        Draw();
    }

    public void Trained(long seed, long step, IReadOnlyList<MetricRow> rows)
    {
        progress.Trained(seed, step, rows);
        Draw();
    }

    public void Evaluating(long seed, long step)
    {
        progress.Evaluating(seed, step);
        Draw(" · evaluating");
    }

    public void Evaluated(long seed, HeadOutcome outcome)
    {
        progress.Evaluated(seed, outcome);
        if (!results.TryGetValue(outcome.Arm, out var heads)) results[outcome.Arm] = heads = [];
        heads[outcome.Head] = outcome;
        Draw();
    }

    public void Failed(long seed, string arm, string cause)
    {
        progress.Failed(seed, arm, cause);
        Draw();
    }

    void Draw(string phase = "") => show(Picture(progress, results, notes, phase));

    static Rows Picture(RunProgress progress, Dictionary<string, Dictionary<string, HeadOutcome>> results, IEnumerable<string> notes, string phase)
    {
        var done = 100.0 * progress.AllSteps / progress.Scale.AllSteps;
        var table = new Table().RoundedBorder().AddColumn("arm").AddColumn("training").AddColumn("last evaluation");
        foreach (var arm in progress.Scale.Arms)
            table.AddRow(new Text(arm), new Text(Training(progress, arm)), new Text(Results(results.GetValueOrDefault(arm))));
        var references = References.Lines(results.Values.SelectMany(heads => heads.Values).Select(outcome => (outcome.Head, outcome.Metrics)));
        return new Rows([new Text($"{RunLines.Position(progress)} ({done:0}%)  {RunLines.Pace(progress)}{phase}"), table,
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
