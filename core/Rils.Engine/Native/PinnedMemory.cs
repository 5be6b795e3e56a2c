using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Engine.Native;

/// <summary>Host memory that the system does not move, so that a CUDA device can copy from it by itself.</summary>
/// <remarks>TorchSharp binds <c>pin_memory</c> only, which copies an existing tensor.</remarks>
static unsafe partial class PinnedMemory
{
    [LibraryImport("torch_cpu")]
    private static partial int aoti_torch_empty_strided_pinned(
        long dimensions, long* sizes, long* strides, int dtype, int device, int index, out nint tensor);

    /// <summary>Makes an uninitialised uint8 tensor. libtorch pins memory once and lends it again, so that all but the
    /// first few tensors are cheap.</summary>
    /// <exception cref="InvalidOperationException">There is no CUDA device, or no memory.</exception>
    public static Tensor Bytes(params ReadOnlySpan<long> shape)
    {
        Span<long> strides = stackalloc long[shape.Length];
        var stride = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; stride *= shape[dimension--])
            strides[dimension] = stride;
        fixed (long* sizes = shape)
        fixed (long* steps = strides)
        {
            var error = aoti_torch_empty_strided_pinned(shape.Length, sizes, steps, (int)ScalarType.Byte,
                (int)TorchSharp.DeviceType.CPU, 0, out var tensor);
            return error == 0 ? Tensor.UnsafeCreateTensor(tensor) : throw new InvalidOperationException(
                "libtorch could not pin memory for a batch; it says why on standard error");
        }
    }
}
