using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Fills parameters from a <see cref="RandomStream"/>, in place, on the CPU.</summary>
public static class Initialization
{
    /// <summary>Draws from the normal distribution with mean 0.</summary>
    /// <param name="parameter">The parameter to fill: floating point, any shape, on the CPU.</param>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="random">The stream; give each parameter a stream of its own.</param>
    public static void Normal(Tensor parameter, double standardDeviation, RandomStream random)
    {
        var draws = random.Draw();
        Fill(parameter, () => (float)(draws.NextNormal() * standardDeviation));
    }

    /// <summary>Draws uniformly in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010). The parameter counts as a
    /// matrix <c>[rows, everything else]</c>: fan out is its number of rows, fan in its number of columns.</summary>
    /// <param name="parameter">The parameter to fill: floating point, at least one dimension, on the CPU.</param>
    /// <param name="random">The stream; give each parameter a stream of its own.</param>
    public static void XavierUniform(Tensor parameter, RandomStream random)
    {
        var rows = parameter.shape[0];
        Uniform(parameter, Math.Sqrt(6.0 / (rows + parameter.numel() / rows)), random);
    }

    /// <summary>Draws from the normal distribution with mean 0 and variance 2 / fan out, as torchvision draws the
    /// convolutions of its ResNets (<c>kaiming_normal_(mode="fan_out")</c>). Fan out is the count of all numbers
    /// divided by that of the inputs.</summary>
    /// <param name="parameter">The parameter to fill: floating point <c>[outputs, inputs, ...]</c>, on the CPU.</param>
    /// <param name="random">The stream; give each parameter a stream of its own.</param>
    public static void KaimingNormal(Tensor parameter, RandomStream random) =>
        Normal(parameter, Math.Sqrt(2.0 * parameter.shape[1] / parameter.numel()), random);

    /// <summary>Draws uniformly from -bound, inclusive, to bound, exclusive.</summary>
    /// <param name="parameter">The parameter to fill: floating point, any shape, on the CPU.</param>
    /// <param name="bound">The largest absolute value.</param>
    /// <param name="random">The stream; give each parameter a stream of its own.</param>
    public static void Uniform(Tensor parameter, double bound, RandomStream random)
    {
        var draws = random.Draw();
        Fill(parameter, () => (float)((2 * draws.NextDouble() - 1) * bound));
    }

    static void Fill(Tensor parameter, Func<float> next)
    {
        var values = new float[parameter.numel()];
        foreach (ref var value in values.AsSpan()) value = next();
        using var gradient = no_grad();
        using var source = tensor(values, [.. parameter.shape]);
        parameter.copy_(source);
    }
}
