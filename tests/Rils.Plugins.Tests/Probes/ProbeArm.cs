using Rils.Contract;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

/// <summary>An arm without text or shared space, and its evaluation in the engine's order: all heads see the training
/// data, then the validation data.</summary>
static class ProbeArm
{
    public static ArmModel Model(Backbone? backbone = null) =>
        new(backbone ?? new CountingBackbone(), null, null, null, CPU, new(4));

    /// <summary>One sample: its feature (six numbers), its class and its key.</summary>
    public sealed record Point(float[] Feature, int? Class, string Key);

    /// <summary>Points around the centres of their classes.</summary>
    /// <param name="count">The number of points.</param>
    /// <param name="classes">The number of classes; a point's class follows from its number.</param>
    /// <param name="spread">The standard deviation of points around their centre; centres themselves have 1.</param>
    /// <param name="name">Another name gives other points around the same centres.</param>
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
        FakeArm.Numbers(Evaluate([head], Model(), training, validation)[0]);

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

        static Sample Of(Point point) => point.Class is { } number
            ? new Sample(point.Key, default).With(new Label(number)) : new(point.Key, default);

        void Stream(IReadOnlyList<Point> points, Action<IHead, EvaluationBatch> take)
        {
            foreach (var part in points.Chunk(batch))
            {
                // Both patches of an image are equal, so their mean is the feature.
                using var images = tensor(part.SelectMany(point => point.Feature.Concat(point.Feature)).ToArray(),
                    [part.Length, 3, 2, 2]);
                using var data = new EvaluationBatch(model, images,
                    [.. part.Select(point => Of(point))]);
                Each(head => take(head, data));
            }
        }
    }
}
