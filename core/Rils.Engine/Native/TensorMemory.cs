using System.Buffers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Native;

/// <summary>The bytes of a tensor in host memory as <see cref="Memory{T}"/>, which lambdas and lists may hold. The
/// tensor must outlive all uses.</summary>
/// <param name="tensor">Contiguous, uint8, on the CPU.</param>
sealed unsafe class TensorMemory(Tensor tensor) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => tensor.bytes;

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        // libtorch never moves a tensor's bytes.
        fixed (byte* first = tensor.bytes) return new(first + elementIndex);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
