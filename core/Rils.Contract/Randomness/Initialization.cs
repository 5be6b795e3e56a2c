using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Fills parameters from a <see cref="RandomStream"/>, in place, on the CPU.</summary>
public static class Initialization
{
    /// <summary>Normal with mean 0.</summary>
    public static void Normal(Tensor parameter, double standardDeviation, RandomStream random)
    {
        var draws = random.Draw();
        Fill(parameter, () => (float)(draws.NextNormal() * standardDeviation));
    }

    /// <summary>Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010), the parameter seen as <c>[rows, everything else]</c>.</summary>
    public static void XavierUniform(Tensor parameter, RandomStream random)
    {
        var rows = parameter.shape[0];
        Uniform(parameter, Math.Sqrt(6.0 / (rows + parameter.numel() / rows)), random);
    }

    /// <summary>Uniform in ±bound.</summary>
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
