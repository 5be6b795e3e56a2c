using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>A classifier on the frozen features of the backbone or of one of its layers, before any
/// projection.</summary>
/// <param name="train">Patterns of the training data.</param>
/// <param name="layer">The layer; null for the backbone's own features.</param>
/// <param name="context">The head's name and arm, for messages.</param>
abstract class ProbeHead(IReadOnlyList<string> train, int? layer, HeadContext context) : ITrainedHead
{
    // With five classes or fewer, every answer is among the first five.
    const int Several = 5;

    readonly FeatureStore training = new(), validation = new();

    /// <inheritdoc/>
    public IReadOnlyList<Type> Reads => [typeof(Label)];

    /// <inheritdoc/>
    public IReadOnlyList<int> Layers => layer is { } number ? [number] : [];

    /// <inheritdoc/>
    public IReadOnlyList<string> TrainingData => train;

    /// <inheritdoc/>
    public void Begin(ArmModel model) => Release();

    /// <inheritdoc/>
    public void AddTraining(EvaluationBatch batch) => training.Add(batch, layer);

    /// <inheritdoc/>
    public void Add(EvaluationBatch batch) => validation.Add(batch, layer);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No sample has a class, all training samples have the same class, or
    /// a feature is not finite.</exception>
    public HeadResult Finish()
    {
        try
        {
            using var scope = NewDisposeScope();
            var (learned, judged) = (Read(training, "training"), Read(validation, "evaluation"));
            var classes = new ClassList(learned.Classes);
            if (classes.Count < 2)
                throw Refusal("all samples of its training data have one class; at least two are needed");
            var (ranks, further) = Judge(learned, judged, classes);
            int[] depths = classes.Count > Several ? [1, Several] : [1];
            return Rates.OfClasses(depths, judged.Keys, ranks, judged.Classes, classes.Count,
                [new("training_samples", Rates.Reference(learned.Keys.Count)), .. further]);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Learns from training data, and ranks the classes of validation data.</summary>
    /// <returns>For each validation sample, the number of classes before its own; and the head's further
    /// metrics.</returns>
    protected abstract (long[] Ranks, IReadOnlyDictionary<string, HeadMetric> Further) Judge(
        Labelled training, Labelled validation, ClassList classes);

    /// <summary>Makes an error that names head and arm.</summary>
    protected InvalidOperationException Refusal(string why) =>
        new($"head '{context.Name}' of arm '{context.Arm}': {why}");

    Labelled Read(FeatureStore store, string what)
    {
        var read = store.Read() ?? throw Refusal($"no sample of its {what} data has a class");
        // Device synchronisation: one number, twice in an evaluation.
        return read.Features.isfinite().all().cpu().item<bool>() ? read
            : throw Refusal($"features of its {what} data are not finite");
    }

    void Release()
    {
        training.Clear();
        validation.Clear();
    }
}
