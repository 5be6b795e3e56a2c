namespace Rils.Benchmarks.Forms;

/// <summary>The time of a layer in one form, in milliseconds of one core.</summary>
/// <param name="Forward">The forward pass, which keeps everything that the backward pass needs.</param>
/// <param name="Backward">The gradients of input, weight and bias.</param>
readonly record struct Times(double Forward, double Backward)
{
    /// <summary>The time of both passes.</summary>
    public double Both => Forward + Backward;

    /// <summary>The smaller time of each pass.</summary>
    public static Times Least(Times one, Times other) =>
        new(Math.Min(one.Forward, other.Forward), Math.Min(one.Backward, other.Backward));
}
