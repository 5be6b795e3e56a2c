namespace Rils.Contract;

/// <summary>Slot <c>[optimizer]</c>: updates the flat buffers of an arm's weights from their gradients.</summary>
public interface IOptimizer
{
    /// <summary>Makes the optimizer's own state (moments, step counts) before the first step. Checkpoints hold
    /// it.</summary>
    /// <param name="weights">The arm's weights, on the arm's device.</param>
    /// <returns>The state. Its tensors' names and shapes must follow from the options and the weights alone: a resumed
    /// run makes the state anew and then reads the tensors from the checkpoint.</returns>
    OptimizerState Start(Weights weights);

    /// <summary>Makes one step: changes <see cref="ParameterGroup.Values"/> of every group in
    /// <see cref="Weights.Groups"/>, and the state, in place.</summary>
    /// <param name="weights">The arm's weights, with complete gradients.</param>
    /// <param name="state">The state that <see cref="Start"/> made.</param>
    /// <param name="learningRate">The learning rate of this step; finite and at least 0. In each group
    /// <see cref="ParameterGroup.LearningRate"/> is a factor on it.</param>
    void Step(Weights weights, OptimizerState state, double learningRate);
}
