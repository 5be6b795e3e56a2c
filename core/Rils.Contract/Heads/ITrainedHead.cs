namespace Rils.Contract;

/// <summary>A head that also needs labelled training data: a classifier on the arm's frozen features.</summary>
/// <remarks>After <see cref="IHead.Begin"/> the training data streams past all arms' heads that name it, once, decoded as for evaluation (nothing
/// random); then the validation data follows. What <see cref="IHead"/> says of threads, gradients and scopes holds here too.</remarks>
public interface ITrainedHead : IHead
{
    /// <summary>Where the training data is, as a pattern of <c>[data]</c>'s source: the key <c>train</c> of the head's options, an
    /// <see cref="ExperimentPathAttribute"/>. The engine opens it when the experiment is loaded.</summary>
    string TrainingData { get; }

    /// <summary>Takes one batch of training data.</summary>
    void AddTraining(EvaluationBatch batch);
}
