using Alice;

namespace Fixture.Builder;

/// <summary>Gives another plugin's optimizer half the learning rate.</summary>
public sealed class SlowLion(Lion lion) : IOptimizer
{
    /// <summary>The other plugin's optimizer.</summary>
    public Lion Inner => lion;

    /// <inheritdoc/>
    public OptimizerState Start(Weights weights) => lion.Start(weights);

    /// <inheritdoc/>
    public void Step(Weights weights, OptimizerState state, double learningRate) =>
        lion.Step(weights, state, learningRate / 2);
}
