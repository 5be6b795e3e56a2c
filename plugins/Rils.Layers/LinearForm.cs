namespace Rils.Layers;

/// <summary>How <see cref="Affine"/> computes a linear layer. The results of the forms agree up to rounding.</summary>
public enum LinearForm
{
    /// <summary>A matrix product, by libtorch's <c>matmul</c> or <c>addmm</c>. On a CPU MKL computes fp32 and oneDNN
    /// bf16.</summary>
    Product,

    /// <summary>A convolution with 1 x 1 kernels, whose pixels are the rows. On a CPU oneDNN computes it.</summary>
    Convolution,
}
