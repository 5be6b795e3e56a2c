using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

/// <summary>An arm without text or shared space, and its evaluation as the engine runs one: training data past all
/// heads, then validation data.</summary>
static class ProbeArm
{
    public static ArmModel Model(Backbone? backbone = null) =>
        new(backbone ?? new CountingBackbone(), null, null, null, CPU, new(4));

    /// <summary>One sample: six numbers, which are its feature, its class and its key.</summary>
    public sealed record Point(float[] Feature, int? Class, string Key);

    /// <summary>Points around their class's centre.</summary>
    /// <param name="count">How many.</param>
    /// <param name="classes">How many classes; a point's class follows from its number.</param>
    /// <param name="spread">Standard deviation around the centres, which themselves have 1.</param>
    /// <param name="name">Another name, other points; the centres stay.</param>
    public static Point[] Points(int count, int classes, double spread, string name) =>
        [.. Enumerable.Range(0, count).Select(i =>
    {
        var own = i * 11 % classes;
        var (centre, noise) = (RandomStream.Root(3).Fork("centre").Fork(own).Draw(),
            RandomStream.Root(3).Fork(name).Fork(i).Draw());
        float[] feature = [.. Enumerable.Range(0, CountingBackbone.Width)
            .Select(_ => (float)(centre.NextNormal() + spread * noise.NextNormal()))];
        return new Point(feature, own, $"{name}/{i:000}");
    })];

    public static IReadOnlyDictionary<string, double> Evaluate(IHead head, IReadOnlyList<Point> training,
        IReadOnlyList<Point> validation) =>
        Evaluate([head], Model(), training, validation)[0].Metrics;

    public static IReadOnlyList<HeadResult> Evaluate(
        IReadOnlyList<IHead> heads, ArmModel model, IReadOnlyList<Point> training,
        IReadOnlyList<Point> validation, int batch = 7)
    {
        using var gradient = no_grad();
        Each(head => head.Begin(model));
        Stream(training, (head, data) => ((ITrainedHead)head).AddTraining(data));
        Stream(validation, (head, data) => head.Add(data));
        List<HeadResult> found = [];
        Each(head => found.Add(head.Finish()));
        return found;

        void Each(Action<IHead> call)
        {
            foreach (var head in heads)
            {
                using var scope = NewDisposeScope();
                call(head);
            }
        }

        void Stream(IReadOnlyList<Point> points, Action<IHead, EvaluationBatch> take)
        {
            foreach (var part in points.Chunk(batch))
            {
                // Both patches of an image are alike, so their mean is the feature.
                using var images = tensor(part.SelectMany(point => point.Feature.Concat(point.Feature)).ToArray(),
                    [part.Length, 3, 2, 2]);
                using var data = new EvaluationBatch(model, images,
                    [.. part.Select(point => new Sample(point.Key, default, null, point.Class))]);
                Each(head => take(head, data));
            }
        }
    }
}
