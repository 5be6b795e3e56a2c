namespace Rils.Contract;

/// <summary>The learning rate of this step.</summary>
public sealed record LearningRate(double Value);
