using Rils.Contract;
using Rils.Files;
using Rils.Runs;
using TorchSharp;
using TorchSharp.Modules;

namespace Rils.Engine.Sinks;

/// <summary>Writes TensorBoard events, one folder per arm, so that TensorBoard draws the arms' curves into one
/// chart.</summary>
sealed class TensorBoardSink : ISink
{
    readonly Dictionary<string, SummaryWriter> writers = [];
    string root = "";

    public void Receive(RunEvent happened)
    {
        switch (happened)
        {
            case PhaseStarted started: Begin(started); break;
            case StepsTrained trained: Write(trained.Rows); break;
            case HeadEvaluated evaluated: Write(evaluated.Outcome); break;
        }
    }

    public void Dispose()
    {
        foreach (var writer in writers.Values) (writer as IDisposable)?.Dispose();
        writers.Clear();
    }

    /// <summary>Writes the files of a phase again, from its first step: a killed run may have left half a record, or
    /// steps that the resumed run trains again.</summary>
    void Begin(PhaseStarted started)
    {
        Dispose();
        root = Path.Combine(started.Folder, RunFolder.TensorBoard);
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
        Write(started.Earlier);
        foreach (var outcome in started.Evaluated) Write(outcome);
    }

    void Write(IEnumerable<MetricRow> rows)
    {
        foreach (var row in rows)
            foreach (var (name, value) in row.Values)
                Write(row.Arm, $"train/{name}", value, row.Step);
    }

    void Write(HeadOutcome outcome)
    {
        foreach (var (name, metric) in outcome.Metrics)
            Write(outcome.Arm, $"{outcome.Head}/{name}", metric.Value, outcome.Step);
    }

    void Write(string arm, string tag, double value, long step) =>
        FileLimit.Watch(Path.Combine(root, arm), () => WriterOf(arm).add_scalar(tag, (float)value, (int)step));

    SummaryWriter WriterOf(string arm)
    {
        if (!writers.TryGetValue(arm, out var writer))
            writers[arm] = writer = torch.utils.tensorboard.SummaryWriter(Path.Combine(root, arm));
        return writer;
    }
}
