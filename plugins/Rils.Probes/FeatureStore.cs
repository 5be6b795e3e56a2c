using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>Collects the features of one arm's labelled samples, batch by batch.</summary>
sealed class FeatureStore
{
    readonly List<Tensor> features = [];
    readonly List<int> classes = [];
    readonly List<string> keys = [];

    /// <summary>Adds a batch. Samples without a class are left out.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="layer">The layer whose features to take; null for the backbone's own.</param>
    public void Add(EvaluationBatch batch, int? layer)
    {
        int[] rows = [.. Enumerable.Range(0, batch.Samples.Count)
            .Where(row => batch.Samples[row].Find<Label>() is not null)];
        if (rows.Length == 0) return;
        using var scope = NewDisposeScope();
        var all = layer is { } number ? batch.LayerFeatures(number) : batch.ImageFeatures;
        var labelled = all.index_select(0, tensor(rows, device: all.device));
        features.Add(labelled.to(ScalarType.Float32).DetachFromDisposeScope());
        classes.AddRange(rows.Select(row => batch.Samples[row].Find<Label>()!.Number));
        keys.AddRange(rows.Select(row => batch.Samples[row].Key));
    }

    /// <summary>All samples that were added, features in fp64; null where there are none.</summary>
    public Labelled? Read() => features.Count == 0 ? null
        : new(cat(features).to(ScalarType.Float64), [.. classes], [.. keys]);

    /// <summary>Disposes the features and forgets all samples.</summary>
    public void Clear()
    {
        foreach (var kept in features) kept.Dispose();
        features.Clear();
        classes.Clear();
        keys.Clear();
    }
}
