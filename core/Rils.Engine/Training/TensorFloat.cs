using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>TF32, in which CUDA devices since Ampere multiply fp32 matrices: faster, with 10 bits of mantissa in place of 23 (bf16 has 7).</summary>
static class TensorFloat
{
    /// <summary>For the whole process: allowed where the models compute in bf16 and the rest may be no more exact, off where fp32 was asked for.
    /// libtorch's own defaults differ between cuBLAS and cuDNN.</summary>
    public static void Choose(DeviceType device, bool isMixed)
    {
        if (device != DeviceType.CUDA) return;
        backends.cuda.matmul.allow_tf32 = isMixed;
        backends.cudnn.allow_tf32 = isMixed;
    }
}
