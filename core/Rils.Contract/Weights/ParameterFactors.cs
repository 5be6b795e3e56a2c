namespace Rils.Contract;

/// <summary>The factors of one parameter, both finite and at least 0. <c>new()</c> leaves the parameter as it is
/// without a rule.</summary>
/// <param name="LearningRate">Factor on the learning rate of each step; 1 for the rate as it is.</param>
/// <param name="WeightDecay">Factor on the optimizer's weight decay; 1 for the decay as it is, 0 for none.</param>
public sealed record ParameterFactors(double LearningRate = 1, double WeightDecay = 1);
