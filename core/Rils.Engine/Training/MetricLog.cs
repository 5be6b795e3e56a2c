using System.Collections.Concurrent;
using Rils.Contract;
using Rils.Runs;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Keeps an arm's metrics on the device until a drain copies the metrics of all steps since the last drain to
/// the host in one transfer.</summary>
/// <param name="arm">The arm's name, for the rows.</param>
sealed class MetricLog(string arm) : ICheckpointed
{
    /// <summary>The advice at the end of a message about numbers that are not finite.</summary>
    public const string Remedy = "lower the learning rate, lengthen the warm-up or clip gradients (optimizer.max_norm)";

    readonly List<(long Step, double LearningRate, string[] Names, int Losses, Tensor Values)> pending = [];
    readonly ConcurrentQueue<MetricRow> rows = new();
    readonly Dictionary<string, string> makers = [];

    /// <summary>Empty: a run drains the log before every checkpoint.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; } = new Dictionary<string, Tensor>();

    /// <summary>Keeps the numbers of one step, without waiting for the device.</summary>
    /// <exception cref="InvalidOperationException">Two numbers have the same name, so that one would be
    /// lost.</exception>
    public void Add(long step, double learningRate, IReadOnlyList<LossTerm> losses, IReadOnlyList<Metric> metrics)
    {
        string[] names = [.. losses.Select(term => term.Name), .. metrics.Select(metric => metric.Name)];
        RequireDistinct([.. names, .. MetricRow.Reserved.Where(name => name != MetricRow.Loss)]);
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] values = [.. losses.Select(term => term.Value), .. metrics.Select(metric => metric.Value)];
        var scalars = values.Select(value => value.detach().to_type(ScalarType.Float32).reshape([]));
        var together = stack(scalars).DetachFromDisposeScope();
        pending.Add((step, learningRate, names, losses.Count, together));
    }

    /// <summary>Remembers for each number the system that added it, for messages.</summary>
    public void Note<T>(Collected<T> collected, Func<T, string> nameOf)
    {
        for (var index = 0; index < collected.Count; index++)
            if (nameOf(collected[index]) is var name && !makers.ContainsKey(name))
                makers[name] = collected.MakerOf(index);
    }

    /// <summary>Copies the pending numbers to the host. No other work of a step waits for the device.</summary>
    /// <exception cref="InvalidOperationException">A number is NaN or infinite; the message names the number and its
    /// step.</exception>
    public void Drain()
    {
        if (pending.Count == 0) return;
        using (var all = cat(pending.Select(entry => entry.Values).ToArray()))
        using (var host = all.cpu()) // device synchronisation
        {
            var values = host.data<float>().ToArray();
            var at = 0;
            foreach (var entry in pending)
            {
                rows.Enqueue(new(arm, entry.Step,
                [
                    .. entry.Names.Select((name, i) => KeyValuePair.Create(name, (double)values[at + i])),
                    new("learning_rate", entry.LearningRate),
                ]));
                at += entry.Names.Length;
            }
        }
        var drained = pending.ToArray();
        pending.Clear();
        foreach (var entry in drained) entry.Values.Dispose();
        Check();
    }

    /// <summary>Removes the drained rows and returns them. The run's own thread calls this method, while the device
    /// lane may drain.</summary>
    public IEnumerable<MetricRow> Take()
    {
        while (rows.TryDequeue(out var row)) yield return row;
    }

    /// <summary>Releases the numbers that were not drained.</summary>
    public void Dispose()
    {
        foreach (var entry in pending) entry.Values.Dispose();
        pending.Clear();
    }

    static void RequireDistinct(string[] names)
    {
        if (names.Distinct().Count() == names.Length) return;
        var twice = names.GroupBy(name => name).First(group => group.Count() > 1).Key;
        throw new InvalidOperationException($"two numbers of a step are called `{twice}`: "
            + "give the objective that reports one of them another `name`");
    }

    void Check()
    {
        foreach (var row in rows)
            foreach (var (name, value) in row.Values)
                if (!double.IsFinite(value))
                    throw new InvalidOperationException($"{name} was {value} at step {row.Step}: {Remedy}"
                        + (makers.TryGetValue(name, out var maker) ? $"; it comes from the system {maker}" : ""));
    }
}
