using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Engine.Native;

/// <summary>Where a tensor's numbers lie.</summary>
static partial class TensorPointer
{
    [LibraryImport("torch_cpu")]
    private static partial int aoti_torch_get_data_ptr(nint tensor, out nint pointer);

    /// <summary>The address of its first number, on its device; 0 for a tensor without numbers.</summary>
    /// <exception cref="InvalidOperationException">libtorch refused it.</exception>
    public static nint Of(Tensor tensor)
    {
        if (tensor.numel() == 0) return 0;
        if (aoti_torch_get_data_ptr(tensor.Handle, out var pointer) != 0)
            throw new InvalidOperationException("libtorch could not tell where a tensor lies");
        return pointer;
    }
}
