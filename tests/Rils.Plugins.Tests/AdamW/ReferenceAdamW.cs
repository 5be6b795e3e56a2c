using static TorchSharp.torch;

namespace Rils.Tests.Plugins.AdamW;

/// <summary>Algorithm 2 of Loshchilov and Hutter 2019, number by number in double precision.</summary>
sealed class ReferenceAdamW(Tensor parameter, double weightDecay)
{
    const double Beta1 = 0.9, Beta2 = 0.98, Epsilon = 1e-8;
    readonly double[] values = Read(parameter), first = new double[parameter.numel()],
        second = new double[parameter.numel()];
    int step;

    public void Step(Tensor gradient, double rate)
    {
        step++;
        var g = Read(gradient);
        for (var i = 0; i < values.Length; i++)
        {
            first[i] = Beta1 * first[i] + (1 - Beta1) * g[i];
            second[i] = Beta2 * second[i] + (1 - Beta2) * g[i] * g[i];
            var update = first[i] / (1 - Math.Pow(Beta1, step))
                / (Math.Sqrt(second[i] / (1 - Math.Pow(Beta2, step))) + Epsilon);
            values[i] -= rate * (update + weightDecay * values[i]);
        }
    }

    public void AssertNear(Tensor actual, double tolerance)
    {
        foreach (var (expected, found) in values.Zip(Read(actual))) Assert.Equal(expected, found, tolerance);
    }

    static double[] Read(Tensor tensor) => [.. tensor.to(ScalarType.Float64).flatten().data<double>()];
}
