namespace Rils.Contract;

/// <summary>The learning rate of this step.</summary>
/// <param name="Value">The rate that the arm's <see cref="ISchedule"/> gives for the step.</param>
public sealed record LearningRate(double Value);
