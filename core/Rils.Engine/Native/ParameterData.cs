using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Native;

/// <summary>Gives a parameter other data, of any type or device, while the parameter stays the same object: PyTorch's
/// <c>parameter.data = ...</c>.</summary>
/// <remarks>TorchSharp binds <c>set_</c>, which keeps the type, and <c>Module.to</c>, which makes new objects for whole
/// modules.</remarks>
static unsafe partial class ParameterData
{
    [LibraryImport("torch_cpu")]
    private static partial int torch_call_dispatcher(byte* op, byte* overload, ulong* stack, ulong abi);

    [LibraryImport("torch_cpu")]
    private static partial int aoti_torch_new_tensor_handle(nint tensor, out nint handle);

    /// <summary>Sets the data. The data and the parameter then share their numbers, so that each sees changes of the
    /// other.</summary>
    /// <exception cref="InvalidOperationException">libtorch refused the data.</exception>
    public static void Set(Parameter parameter, Tensor data)
    {
        Accept(aoti_torch_new_tensor_handle(parameter.Handle, out var target));
        Accept(aoti_torch_new_tensor_handle(data.Handle, out var source));
        var stack = stackalloc ulong[] { (ulong)target, (ulong)source }; // the callee takes both
        byte overload = 0;
        fixed (byte* name = "aten::set_data"u8) // a u8 literal ends with a zero byte behind its length
            Accept(torch_call_dispatcher(name, &overload, stack, NativeTorch.AbiVersion));
    }

    static void Accept(int error)
    {
        if (error != 0)
            throw new InvalidOperationException(
                "libtorch could not change a parameter's data; it says why on standard error");
    }
}
