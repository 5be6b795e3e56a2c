using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A value of tensors that the host lane makes and arms read on their device. A system of <c>Prepare</c> makes
/// it with <c>out Prepared&lt;T&gt;</c>; a system of an arm reads it with <c>in T</c>. The engine copies in
/// between: from pinned memory, and without waiting, where the device is CUDA.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IUploaded<TSelf> : IShared where TSelf : class, IUploaded<TSelf>
{
    /// <summary>Makes the same value of other tensors.</summary>
    /// <param name="each">Gets each tensor of the value once, and returns the tensor in its place.</param>
    /// <returns>The new value.</returns>
    TSelf Map(Func<Tensor, Tensor> each);
}
