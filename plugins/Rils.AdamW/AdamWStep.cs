namespace Rils.AdamW;

/// <summary>The rates and constants of one fused step.</summary>
readonly record struct AdamWStep(
    double LearningRate, double Beta1, double Beta2, double WeightDecay, double Epsilon);
