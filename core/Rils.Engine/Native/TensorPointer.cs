using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Engine.Native;

/// <summary>Finds the address of a tensor's numbers.</summary>
static partial class TensorPointer
{
    [LibraryImport("torch_cpu")]
    private static partial int aoti_torch_get_data_ptr(nint tensor, out nint pointer);

    /// <summary>The address of a tensor's first number, on the tensor's device; 0 for a tensor without
    /// numbers.</summary>
    /// <exception cref="InvalidOperationException">libtorch refused to give the address.</exception>
    public static nint Of(Tensor tensor)
    {
        if (tensor.numel() == 0) return 0;
        if (aoti_torch_get_data_ptr(tensor.Handle, out var pointer) != 0)
            throw new InvalidOperationException("libtorch could not tell where a tensor lies");
        return pointer;
    }
}
