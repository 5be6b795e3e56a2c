namespace Rils.Average;

/// <summary>The systems that make the average and move it.</summary>
static class AverageSystems
{
    /// <summary>Makes an average that begins as the weights are.</summary>
    public static void Setup(in Weights weights, out WeightAverage average) => average = new(weights);

    /// <summary>Moves the average after the last change of the weights in a step.</summary>
    public static void Follow(in AverageOptions options, in Step step, ref WeightAverage average) =>
        average.Follow(options.MomentumOf(step.Number));
}
