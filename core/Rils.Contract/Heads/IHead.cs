namespace Rils.Contract;

/// <summary>Slot <c>[[head]]</c>: a downstream evaluation of one arm. Validation data streams past all arms' heads once.</summary>
/// <remarks>All calls come on the arm's device thread, without gradients, each in a dispose scope of its own: a tensor that a head
/// keeps between calls must be moved out of it (<c>DetachFromDisposeScope</c>) and disposed in <see cref="Finish"/>. One that learns from
/// labelled training data first is an <see cref="ITrainedHead"/>. The models are in evaluation mode. A head that throws
/// has no result of that arm; the arm and the other heads go on.</remarks>
public interface IHead
{
    /// <summary>The parts of samples that the head reads beside their images. All arms leave out a sample whose part
    /// has a fault; a sample that lacks the part comes to <see cref="Add"/>.</summary>
    SampleParts Reads => SampleParts.Caption | SampleParts.Class;

    /// <summary>Possible slips in the head's options, told before the run.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>Whether an arm has what this head needs; an arm that has not is left out of its results.</summary>
    bool CanEvaluate(ArmModel model) => true;

    /// <summary>Starts an evaluation with the weights as they are.</summary>
    void Begin(ArmModel model);

    /// <summary>Takes one batch of validation data.</summary>
    void Add(EvaluationBatch batch);

    /// <summary>Computes the metrics and lets go of what was kept.</summary>
    HeadResult Finish();
}
