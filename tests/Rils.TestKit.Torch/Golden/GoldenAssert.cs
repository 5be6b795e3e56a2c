using static TorchSharp.torch;

namespace Rils.Tests.Golden;

/// <summary>Compares tensors with golden data.</summary>
public static class GoldenAssert
{
    /// <summary>Asserts that the largest difference is within <paramref name="tolerance"/> of the largest expected
    /// value.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        Assert.True(expected.shape.SequenceEqual(actual.shape),
            $"{what}: shape {Show(actual)} instead of {Show(expected)}");
        var (e, a) = (expected.to(ScalarType.Float64), actual.detach().to(ScalarType.Float64));
        var error = ((a - e).abs().max() / e.abs().max().clamp_min(double.Epsilon)).item<double>();
        // The comparison is false for NaN too.
        Assert.True(error <= tolerance, $"{what}: off by {error:e2} of the largest value, {tolerance:e0} is allowed");
    }

    /// <summary>Asserts that the norm of the difference is within <paramref name="tolerance"/> of the expected norm, as
    /// gradients need it.</summary>
    public static void CloseInNorm(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        Assert.True(expected.shape.SequenceEqual(actual.shape),
            $"{what}: shape {Show(actual)} instead of {Show(expected)}");
        var (e, a) = (expected.to(ScalarType.Float64), actual.detach().to(ScalarType.Float64));
        var error = ((a - e).norm() / e.norm().clamp_min(double.Epsilon)).item<double>();
        Assert.True(error <= tolerance, $"{what}: off by {error:e2} in norm, {tolerance:e0} is allowed");
    }

    static string Show(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
