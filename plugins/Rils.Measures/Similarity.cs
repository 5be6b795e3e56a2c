using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Measures;

/// <summary>Measures how alike vectors are, in fp32 whatever type the model computes in.</summary>
public static class Similarity
{
    /// <summary>Vectors of the same directions with length 1, fp32 <c>[..., dimensions]</c>.</summary>
    public static Tensor Unit(Tensor vectors) => nn.functional.normalize(vectors.to(ScalarType.Float32), dim: -1);

    /// <summary>Cosines of all pairs, fp32 <c>[first, second]</c>.</summary>
    /// <param name="first">Vectors of any length, <c>[first, dimensions]</c>.</param>
    /// <param name="second">Vectors of any length, <c>[second, dimensions]</c>.</param>
    public static Tensor Cosines(Tensor first, Tensor second) => Unit(first).matmul(Unit(second).t());

    /// <summary>Cosines of all pairs of unit vectors, fp32 <c>[first, second]</c>. The sums are in fp64 and then
    /// rounded, so equal vectors tie wherever they stand in the product.</summary>
    /// <param name="first">Unit vectors <c>[first, dimensions]</c>.</param>
    /// <param name="second">Unit vectors <c>[second, dimensions]</c>.</param>
    public static Tensor TyingCosines(Tensor first, Tensor second) =>
        first.to(ScalarType.Float64).matmul(second.to(ScalarType.Float64).t()).to(ScalarType.Float32);

    /// <summary>Marks the rows whose largest number is on the diagonal, bool <c>[rows]</c>; argmax decides between
    /// ties.</summary>
    /// <param name="logits"><c>[rows, columns]</c>; the right answer of a row is the column with the row's
    /// number.</param>
    public static Tensor AreRight(Tensor logits) =>
        logits.argmax(1).eq(Constant.Count(logits.shape[0], logits.device));

    /// <summary>The share of rows whose largest number is on the diagonal, 0..1, fp32, a tensor with one
    /// number.</summary>
    public static Tensor Accuracy(Tensor logits) => AreRight(logits).to(ScalarType.Float32).mean();
}
