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

    /// <summary>Which rows have their largest number on the diagonal, bool <c>[rows]</c>; ties fall as argmax lets them.</summary>
    /// <param name="logits"><c>[rows, columns]</c>; a row's right answer has the row's number.</param>
    public static Tensor AreRight(Tensor logits) =>
        logits.argmax(1).eq(arange(logits.shape[0], ScalarType.Int64, logits.device));

    /// <summary>The share of these rows, 0 to 1, a number in fp32.</summary>
    public static Tensor Accuracy(Tensor logits) => AreRight(logits).to(ScalarType.Float32).mean();
}
