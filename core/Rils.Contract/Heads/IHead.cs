namespace Rils.Contract;

/// <summary>Slot <c>[[head]]</c>: a downstream evaluation of one arm. The engine makes a head for each arm, and reads
/// the validation data once for all of them.</summary>
/// <remarks>During an evaluation all calls come on the arm's device thread, without gradients, each in a dispose scope
/// of its own: a tensor that a head keeps between calls must be taken out of the scope (<c>DetachFromDisposeScope</c>)
/// and disposed in <see cref="Finish"/>. The modules are in evaluation mode. A head that first learns from labelled
/// training data is an <see cref="ITrainedHead"/>. Where a head throws, the arm has no result of that head; the arm and
/// the other heads go on.</remarks>
public interface IHead
{
    /// <summary>The types of the components of samples that the head reads beside the images:
    /// <c>[typeof(Captions)]</c>. For all arms the engine leaves out a sample whose component has a fault; a sample
    /// without the component comes to <see cref="Add"/>. A component that nobody names here is not decoded.</summary>
    IReadOnlyList<Type> Reads => [];

    /// <summary>The layers whose features the head reads by <see cref="EvaluationBatch.LayerFeatures"/>, from 1. An arm
    /// whose backbone has no such layer is a mistake of the file.</summary>
    IReadOnlyList<int> Layers => [];

    /// <summary>Warnings about the head's options, a sentence each, which the host prints before the run.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>Whether the head encodes sentences of its own (<see cref="ArmModel.EmbedTexts"/>). An arm that learns
    /// from captions without a <see cref="TextEncoder"/>, by vectors from a file say, cannot do that: such a pair is a
    /// mistake of the experiment, told before anything runs.</summary>
    bool EncodesTexts => false;

    /// <summary>Whether an arm has the parts that this head needs.</summary>
    /// <param name="model">The arm's parts.</param>
    /// <returns>False for an arm that lacks one, which then has no result of this head.</returns>
    bool CanEvaluate(ArmModel model) => true;

    /// <summary>Starts an evaluation with the present weights.</summary>
    /// <param name="model">The arm's parts; to be read, not changed.</param>
    void Begin(ArmModel model);

    /// <summary>Takes one batch of validation data.</summary>
    /// <param name="batch">The batch; to be read, neither changed nor disposed.</param>
    void Add(EvaluationBatch batch);

    /// <summary>Computes the metrics, and disposes the tensors that the head has kept.</summary>
    /// <returns>The metrics.</returns>
    HeadResult Finish();
}
