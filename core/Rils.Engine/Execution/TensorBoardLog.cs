using Rils.Files;
using Rils.Runs;
using TorchSharp;
using TorchSharp.Modules;

namespace Rils.Engine.Execution;

/// <summary>TensorBoard events, one folder per arm, so that the arms' curves lie over each other.</summary>
sealed class TensorBoardLog : IDisposable
{
    readonly Dictionary<string, SummaryWriter> writers = [];
    readonly string root;

    /// <summary>Begins anew: what an earlier session wrote is in <c>metrics.jsonl</c>, and is written again from there.</summary>
    public TensorBoardLog(string folder)
    {
        root = Path.Combine(folder, RunFolder.TensorBoard);
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }

    public void Write(IEnumerable<MetricRow> rows)
    {
        foreach (var row in rows)
            foreach (var (name, value) in row.Values)
                Write(row.Arm, $"train/{name}", value, row.Step);
    }

    public void Write(HeadOutcome outcome)
    {
        foreach (var (name, value) in outcome.Metrics)
            Write(outcome.Arm, $"{outcome.Head}/{name}", value, outcome.Step);
    }

    public void Dispose()
    {
        foreach (var writer in writers.Values) (writer as IDisposable)?.Dispose();
    }

    void Write(string arm, string tag, double value, long step) =>
        FileLimit.Watch(Path.Combine(root, arm), () => Of(arm).add_scalar(tag, (float)value, (int)step));

    SummaryWriter Of(string arm)
    {
        if (!writers.TryGetValue(arm, out var writer))
            writers[arm] = writer = torch.utils.tensorboard.SummaryWriter(Path.Combine(root, arm));
        return writer;
    }
}
