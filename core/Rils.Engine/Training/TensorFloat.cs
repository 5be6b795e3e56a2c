using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Switches TF32, in which CUDA devices since Ampere multiply fp32 matrices: faster, with 10 bits of mantissa
/// in place of 23 (bf16 has 7).</summary>
static class TensorFloat
{
    /// <summary>Sets TF32 for the whole process: on where the models compute in bf16, so that the fp32 products need
    /// not be more exact, and off where the experiment computes in fp32. libtorch's own defaults differ between cuBLAS
    /// and cuDNN.</summary>
    /// <param name="device">The type of the device; nothing is set for any other than CUDA.</param>
    /// <param name="isMixed">Whether the models compute in bf16.</param>
    public static void Choose(DeviceType device, bool isMixed)
    {
        if (device != DeviceType.CUDA) return;
        backends.cuda.matmul.allow_tf32 = isMixed;
        backends.cudnn.allow_tf32 = isMixed;
    }
}
