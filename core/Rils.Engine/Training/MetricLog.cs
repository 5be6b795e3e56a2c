using System.Collections.Concurrent;
using Rils.Contract;
using Rils.Runs;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Keeps an arm's metrics on the device until the next drain copies them to the host at once.</summary>
sealed class MetricLog(string arm) : ICheckpointed
{
    /// <summary>What to try when numbers are not finite.</summary>
    public const string Remedy = "lower the learning rate, lengthen the warm-up or clip gradients (optimizer.max_norm)";

    readonly List<(long Step, double LearningRate, string[] Names, int Losses, Tensor Values)> pending = [];
    readonly ConcurrentQueue<MetricRow> rows = new();
    readonly Dictionary<string, string> makers = [];

    /// <summary>None: it is drained before every checkpoint.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; } = new Dictionary<string, Tensor>();

    /// <summary>Keeps one step's numbers; nothing waits for the device.</summary>
    /// <exception cref="InvalidOperationException">Two numbers have one name: one of them would be lost.</exception>
    public void Add(long step, double learningRate, IReadOnlyList<LossTerm> losses, IReadOnlyList<Metric> metrics)
    {
        string[] names = [.. losses.Select(term => term.Name), .. metrics.Select(metric => metric.Name)];
        RequireDistinct([.. names, .. MetricRow.Reserved.Where(name => name != MetricRow.Loss)]);
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] values = [.. losses.Select(term => term.Value), .. metrics.Select(metric => metric.Value)];
        var together = stack(values.Select(value => value.detach().to_type(ScalarType.Float32).reshape([]))).DetachFromDisposeScope();
        pending.Add((step, learningRate, names, losses.Count, together));
    }

    /// <summary>Remembers which system a number comes from, for messages.</summary>
    public void Note<T>(Collected<T> collected, Func<T, string> nameOf)
    {
        for (var index = 0; index < collected.Count; index++)
            if (nameOf(collected[index]) is var name && !makers.ContainsKey(name))
                makers[name] = collected.MakerOf(index);
    }

    /// <summary>Copies what is pending to the host: the one place where a step waits for the device.</summary>
    /// <exception cref="InvalidOperationException">A loss is not a finite number; the message names it and its step.</exception>
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
                rows.Enqueue(new(arm, entry.Step, [.. entry.Names.Select((name, i) => KeyValuePair.Create(name, (double)values[at + i])), new("learning_rate", entry.LearningRate)]));
                at += entry.Names.Length;
            }
        }
        var drained = pending.ToArray();
        pending.Clear();
        foreach (var entry in drained) entry.Values.Dispose();
        Check();
    }

    /// <summary>Takes the rows drained so far; called from the host.</summary>
    public IEnumerable<MetricRow> Take()
    {
        while (rows.TryDequeue(out var row)) yield return row;
    }

    /// <summary>Lets go of what was not drained.</summary>
    public void Dispose()
    {
        foreach (var entry in pending) entry.Values.Dispose();
        pending.Clear();
    }

    static void RequireDistinct(string[] names)
    {
        if (names.Distinct().Count() == names.Length) return;
        var twice = names.GroupBy(name => name).First(group => group.Count() > 1).Key;
        throw new InvalidOperationException($"two numbers of a step are called `{twice}`: give the objective that reports one of them another `name`");
    }

    void Check()
    {
        foreach (var row in rows)
            foreach (var (name, value) in row.Values)
                if (!double.IsFinite(value))
                    throw new InvalidOperationException($"{name} was {value} at step {row.Step}: {Remedy}{(makers.TryGetValue(name, out var maker) ? $"; it comes from the system {maker}" : "")}");
    }
}
