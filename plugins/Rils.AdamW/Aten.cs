using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace Rils.AdamW;

/// <summary>Calls an ATen operator that TorchSharp does not bind, through libtorch's stable C ABI (2.10 and
/// later).</summary>
/// <remarks>A call takes about 1.5 µs. Arguments travel as 64-bit words: numbers as their bits, lists as handles, an
/// absent optional value as 0. The callee takes over the lists and the handles in them; TorchSharp keeps its own
/// tensors.</remarks>
static unsafe class Aten
{
    const ulong AbiVersion = 2UL << 56 | 10UL << 48;
    const ulong None = 0, False = 0;

    [DllImport("torch_cpu")] static extern int torch_call_dispatcher(byte* op, byte* overload, ulong* stack, ulong abi);
    [DllImport("torch_cpu")] static extern int aoti_torch_new_tensor_handle(nint tensor, out nint handle);
    [DllImport("torch_cpu")] static extern int torch_new_list_reserve_size(nuint size, out nint list);
    [DllImport("torch_cpu")] static extern int torch_list_push_back(nint list, ulong value);

    /// <summary>Makes one AdamW update in place.</summary>
    /// <param name="parameters">fp32 <c>[size]</c>; gradient and moments have the same type, size and device.</param>
    /// <param name="gradient">Not changed.</param>
    /// <param name="firstMoment">Running mean of the gradient.</param>
    /// <param name="secondMoment">Running mean of the gradient's square.</param>
    /// <param name="step">The number of this step, from 1: 0-d fp32 on the same device.</param>
    /// <param name="numbers">The rates and constants of this step.</param>
    /// <exception cref="NotSupportedException">libtorch is older than 2.10.</exception>
    /// <exception cref="InvalidOperationException">libtorch refused the arguments.</exception>
    public static void FusedAdamW(
        Tensor parameters, Tensor gradient, Tensor firstMoment, Tensor secondMoment, Tensor step, AdamWStep numbers)
    {
        Check(parameters, gradient, firstMoment, secondMoment, step);
        try
        {
            Call("aten::_fused_adamw_"u8,
                $"parameters of {parameters.numel()} {parameters.dtype} on {parameters.device}",
                List(parameters), List(gradient), List(firstMoment), List(secondMoment),
                /* max_exp_avg_sqs */ List(), List(step), Word(numbers.LearningRate), Word(numbers.Beta1),
                Word(numbers.Beta2), Word(numbers.WeightDecay), Word(numbers.Epsilon),
                /* amsgrad */ False, /* maximize */ False, /* grad_scale */ None, /* found_inf */ None);
        }
        catch (EntryPointNotFoundException old)
        {
            throw new NotSupportedException("the fused AdamW needs libtorch 2.10 or later", old);
        }
    }

    // libtorch's fused operator checks little of this: with other sizes or devices it reads foreign memory.
    static void Check(Tensor parameters, Tensor gradient, Tensor firstMoment, Tensor secondMoment, Tensor step)
    {
        foreach (var (name, tensor) in (ReadOnlySpan<(string, Tensor)>)
            [("parameters", parameters), ("gradient", gradient), ("first moment", firstMoment),
            ("second moment", secondMoment), ("step", step)])
        {
            var size = name == "step" ? 1 : parameters.numel();
            if (tensor.dtype != ScalarType.Float32 || tensor.numel() != size
                || tensor.device.ToString() != parameters.device.ToString()
                || !tensor.is_contiguous())
                throw new ArgumentException($"AdamW's {name} is {tensor.dtype} of {tensor.numel()} on {tensor.device}, "
                    + $"but contiguous Float32 of {size} on {parameters.device} is needed");
        }
    }

    static void Call(ReadOnlySpan<byte> op, string what, params ReadOnlySpan<ulong> arguments)
    {
        // The operator writes its outputs over the front of the stack; an in-place operator on lists has none.
        Span<ulong> stack = stackalloc ulong[arguments.Length];
        arguments.CopyTo(stack);
        byte overload = 0;
        // A u8 literal ends with a zero byte beyond its length.
        fixed (byte* name = op)
        fixed (ulong* top = stack)
            if (torch_call_dispatcher(name, &overload, top, AbiVersion) != 0)
                throw new InvalidOperationException(
                    $"libtorch refused {Encoding.ASCII.GetString(op)} for {what}; it says why on standard error");
    }

    static ulong Word(double value) => BitConverter.DoubleToUInt64Bits(value);

    static ulong List(params ReadOnlySpan<Tensor> tensors)
    {
        Accept(torch_new_list_reserve_size((nuint)tensors.Length, out var list));
        foreach (var tensor in tensors)
        {
            Accept(aoti_torch_new_tensor_handle(tensor.Handle, out var handle));
            Accept(torch_list_push_back(list, (ulong)handle));
        }
        return (ulong)list;
    }

    static void Accept(int error)
    {
        if (error != 0)
            throw new InvalidOperationException("libtorch refused a list of tensors; it says why on standard error");
    }
}
