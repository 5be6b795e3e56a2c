namespace Rils.Contract;

/// <summary>Slot <c>[optimizer]</c>: updates the weights' flat buffers from their gradients.</summary>
public interface IOptimizer
{
    /// <summary>Makes the optimizer's own state (moments, step counts) for these weights. It is checkpointed.</summary>
    OptimizerState Start(Weights weights);

    /// <summary>One step, in place.</summary>
    /// <param name="weights">Their gradients are complete.</param>
    /// <param name="state">What <see cref="Start"/> made.</param>
    /// <param name="learningRate">Of this step.</param>
    void Step(Weights weights, OptimizerState state, double learningRate);
}
