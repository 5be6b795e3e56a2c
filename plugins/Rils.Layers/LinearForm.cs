namespace Rils.Layers;

/// <summary>How <see cref="Affine"/> computes a linear layer. The sums are the same up to rounding.</summary>
public enum LinearForm
{
    /// <summary>libtorch's <c>linear</c>, a matrix product. On a CPU fp32 goes to MKL and bf16 to oneDNN.</summary>
    Product,

    /// <summary>A convolution with 1 x 1 kernels, the rows being its pixels. On a CPU it goes to oneDNN.</summary>
    Convolution,
}
