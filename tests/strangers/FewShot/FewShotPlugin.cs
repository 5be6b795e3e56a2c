using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.Linq;
using Rils.Contract;
using TorchSharp;
using static TorchSharp.torch;

public sealed class FewShotPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Head<FewShotOptions, FewShot>("few-shot");
}

/// <summary>The nearest mean of a few labelled images of each class, drawn at random, on frozen features.</summary>
public sealed record FewShotOptions
{
    /// <summary>Path of the labelled images to draw from; `*` and `?` match within a name.</summary>
    [ExperimentPath]
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>Labelled images drawn of each class; all where a class has fewer.</summary>
    [Range(1, 1_000_000)]
    public int Shots { get; init; } = 5;
}

sealed class FewShot(FewShotOptions options, HeadContext context) : ITrainedHead
{
    List<(string Key, long Class, Tensor Feature)> support = [], query = [];

    public IReadOnlyList<string> TrainingData => options.Train;
    public IReadOnlyList<Type> Reads => [typeof(Label)];
    public bool CanEvaluate(ArmModel model) => true;
    public void Begin(ArmModel model) => (support, query) = ([], []);
    public void AddTraining(EvaluationBatch batch) => Keep(batch, support);
    public void Add(EvaluationBatch batch) => Keep(batch, query);

    public HeadResult Finish()
    {
        var classes = support.GroupBy(each => each.Class, each => each.Feature).OrderBy(group => group.Key).ToList();
        var means = stack(classes.Select(group => stack(Drawn(group.Key, [.. group])).mean([0L])));
        var nearest = cdist(stack(query.Select(image => image.Feature)), means).argmin(1).cpu().data<long>();
        var right = query.Select((image, row) => classes[(int)nearest[row]].Key == image.Class ? 1.0 : 0.0).ToList();
        support.Concat(query).ToList().ForEach(image => image.Feature.Dispose());
        var keys = query.Select(image => image.Key).ToList();
        HeadMetric top1 = new(right.Average()) { Chance = 1.0 / classes.Count };
        return new(new Dictionary<string, HeadMetric> { ["top1"] = top1 })
        { Samples = [new(keys, new Dictionary<string, IReadOnlyList<double>> { ["top1"] = right })] };
    }

    IEnumerable<Tensor> Drawn(long label, Tensor[] features) => context.Random.Fork(label).Draw()
        .Permutation(features.Length).Take(options.Shots).Select(place => features[place]);

    static void Keep(EvaluationBatch batch, List<(string, long, Tensor)> kept)
    {
        var features = nn.functional.normalize(batch.ImageFeatures.to(ScalarType.Float32), dim: -1).unbind();
        foreach (var (sample, feature) in batch.Samples.Zip(features))
            if (sample.Find<Label>() is { } label)
                kept.Add((sample.Key, label.Number, feature.DetachFromDisposeScope()));
    }
}
