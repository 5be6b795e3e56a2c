using System;
using System.Collections.Generic;
using System.Linq;
using Rils.Contract;
using TorchSharp;
using static TorchSharp.torch;

public sealed class MedianAnglePlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) =>
        rils.Head<MedianAngleOptions>("median-angle", static (_, _) => new MedianAngle());
}

/// <summary>The median angle between an image and its first caption in the shared space.</summary>
public sealed record MedianAngleOptions;

sealed class MedianAngle : IHead
{
    readonly List<(string Key, double Angle)> found = [];
    ArmModel? model;

    public IReadOnlyList<Type> Reads => [typeof(Captions)];
    public bool EncodesTexts => true; // check refuses the head beside an arm whose texts it could not encode
    public bool CanEvaluate(ArmModel model) => model is { Text: not null, Space: not null, Tokenizer: not null };

    public void Begin(ArmModel model)
    {
        this.model = model;
        found.Clear();
    }

    public void Add(EvaluationBatch batch)
    {
        long[] rows = [.. batch.Samples.Index().Where(one => one.Item.Find<Captions>() is not null)
            .Select(one => (long)one.Index)];
        if (rows.Length == 0) return;
        var texts = model!.EmbedTexts([.. rows.Select(row => batch.Samples[(int)row].Find<Captions>()!.Texts[0])]);
        var images = batch.ImageEmbedding.index_select(0, tensor(rows, device: model.Device));
        var angles = (images * texts).sum(1).clamp(-1, 1).acos().to(ScalarType.Float64).cpu().data<double>().ToArray();
        found.AddRange(rows.Zip(angles, (row, angle) => (batch.Samples[(int)row].Key, angle * 180 / Math.PI)));
    }

    public HeadResult Finish()
    {
        string[] keys = [.. found.Select(one => one.Key)];
        int[] order = [.. Enumerable.Range(0, keys.Length).OrderBy(row => found[row].Angle)];
        double At(long rank, int[] times) => found[order.First(row => (rank -= times[row]) < 0)].Angle;
        double Median(int[] times) => (At((keys.Length - 1) / 2, times) + At(keys.Length / 2, times)) / 2;
        HeadMetric angle = new(Median([.. keys.Select(_ => 1)]))
        { Reading = MetricReading.LowerIsBetter, Unit = "°", Chance = 90 };
        HeadMetric samples = new(keys.Length) { Reading = MetricReading.Reference };
        return new(new Dictionary<string, HeadMetric> { ["angle"] = angle, ["samples"] = samples })
        {
            Samples = [new(keys, new Dictionary<string, IReadOnlyList<double>>())
            {
                Replicates = new Dictionary<string, IReadOnlyList<double>> { ["angle"] = Resampling.Of(keys, Median) },
            }],
        };
    }
}
