using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Fakes;

/// <summary>An arm whose embeddings a test gives, and its evaluation as the engine makes one.</summary>
static class FakeArm
{
    public static ArmModel Model(IReadOnlyDictionary<string, float[]> texts)
    {
        var text = new TableTextEncoder(texts);
        return new(new PixelBackbone(), text, new IdentitySpace(PixelBackbone.Width), text, CPU, new(4));
    }

    /// <summary>Gives a head the samples in batches, each call in a dispose scope of its own, and returns the head's
    /// metrics.</summary>
    public static IReadOnlyDictionary<string, double> Evaluate(
        IHead head, ArmModel model, IReadOnlyList<(float[] Feature, string? Caption, int? Class)> samples,
        int batch = 7) =>
        Numbers(Result(head, model, samples, batch));

    /// <summary>The value of each metric by its name, and its chance by <c>NAME by chance</c>.</summary>
    public static IReadOnlyDictionary<string, double> Numbers(HeadResult result) => new Dictionary<string, double>(
    [
        .. result.Metrics.Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Value)),
        .. from metric in result.Metrics
           where metric.Value.Chance is not null
           select KeyValuePair.Create($"{metric.Key} by chance", metric.Value.Chance!.Value),
    ]);

    /// <summary>As <see cref="Evaluate"/>, with the head's values for each sample.</summary>
    public static HeadResult Result(
        IHead head, ArmModel model, IReadOnlyList<(float[] Feature, string? Caption, int? Class)> samples,
        int batch = 7) =>
        Result(head, model, [.. samples.Select(sample => (sample.Feature, (IReadOnlyList<string>)
            (sample.Caption is { } caption ? [caption] : []), sample.Class))], batch);

    /// <summary>As <see cref="Evaluate"/>, with several captions for each sample.</summary>
    public static HeadResult Result(IHead head, ArmModel model,
        IReadOnlyList<(float[] Feature, IReadOnlyList<string> Captions, int? Class)> samples, int batch = 7)
    {
        using var gradient = no_grad();
        using (NewDisposeScope()) head.Begin(model);
        foreach (var (start, part) in samples.Chunk(batch).Select((part, number) => (number * batch, part)))
        {
            using var images = tensor(part.SelectMany(sample => sample.Feature).ToArray(), [part.Length, 3, 2, 2]);
            using var evaluated = new EvaluationBatch(model, images,
                [.. part.Select((sample, row) => Sample($"sample-{start + row}", sample.Captions, sample.Class))]);
            using var scope = NewDisposeScope();
            head.Add(evaluated);
        }
        using (NewDisposeScope()) return head.Finish();
    }

    static Sample Sample(string key, IReadOnlyList<string> captions, int? label)
    {
        var sample = new Sample(key, default);
        if (captions.Count > 0) sample = sample.With(new Captions(captions));
        return label is { } number ? sample.With(new Label(number)) : sample;
    }

    /// <summary>Twelve numbers from a normal distribution, a function of the name.</summary>
    public static float[] Feature(string name)
    {
        var draws = RandomStream.Root(11).Fork(name).Draw();
        return [.. Enumerable.Range(0, PixelBackbone.Width).Select(_ => (float)draws.NextNormal())];
    }

    /// <summary>A unit vector of twelve numbers along an axis.</summary>
    public static float[] Axis(int axis) =>
        [.. Enumerable.Range(0, PixelBackbone.Width).Select(i => i == axis ? 1f : 0)];
}
