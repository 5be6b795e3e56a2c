using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Measures;

/// <summary>How alike vectors are, in fp32 whatever the model computes in.</summary>
public static class Similarity
{
    /// <summary>The same directions with length 1, fp32 <c>[..., dimensions]</c>.</summary>
    public static Tensor Unit(Tensor vectors) => nn.functional.normalize(vectors.to(ScalarType.Float32), dim: -1);

    /// <summary>Cosines of all pairs, fp32 <c>[first, second]</c>.</summary>
    /// <param name="first"><c>[first, dimensions]</c>, of any length.</param>
    /// <param name="second"><c>[second, dimensions]</c>, of any length.</param>
    public static Tensor Cosines(Tensor first, Tensor second) => Unit(first).matmul(Unit(second).t());

    /// <summary>Cosines of all pairs of unit vectors, fp32 <c>[first, second]</c>: sums in fp64, rounded, so that equal
    /// vectors tie whatever their places in the product.</summary>
    /// <param name="first">Unit vectors <c>[first, dimensions]</c>.</param>
    /// <param name="second">Unit vectors <c>[second, dimensions]</c>.</param>
    public static Tensor TyingCosines(Tensor first, Tensor second) =>
        first.to(ScalarType.Float64).matmul(second.to(ScalarType.Float64).t()).to(ScalarType.Float32);

    /// <summary>Which rows have their largest number on the diagonal, bool <c>[rows]</c>; ties as argmax has
    /// it.</summary>
    /// <param name="logits"><c>[rows, columns]</c>; a row's right answer has the row's number.</param>
    public static Tensor AreRight(Tensor logits) =>
        logits.argmax(1).eq(arange(logits.shape[0], ScalarType.Int64, logits.device));

    /// <summary>The share of these rows, 0 to 1, a number in fp32.</summary>
    public static Tensor Accuracy(Tensor logits) => AreRight(logits).to(ScalarType.Float32).mean();
}
