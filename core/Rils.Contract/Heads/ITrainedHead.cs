namespace Rils.Contract;

/// <summary>A head that also needs labelled training data: a classifier on the arm's frozen features.</summary>
/// <remarks>After <see cref="IHead.Begin"/> the engine reads the training data once for all heads that name it, decoded
/// as for evaluation (nothing random); the validation data follows. The rules of <see cref="IHead"/> for threads,
/// gradients and scopes hold here too.</remarks>
public interface ITrainedHead : IHead
{
    /// <summary>The patterns of the training data's files, at least one, for the source of <c>[data]</c>: the value of
    /// the key <c>train</c> in the head's options, whose property has an <see cref="ExperimentPathAttribute"/>. The
    /// engine opens the data when it loads the experiment.</summary>
    IReadOnlyList<string> TrainingData { get; }

    /// <summary>Takes one batch of training data.</summary>
    /// <param name="batch">The batch; to be read, neither changed nor disposed.</param>
    void AddTraining(EvaluationBatch batch);
}
