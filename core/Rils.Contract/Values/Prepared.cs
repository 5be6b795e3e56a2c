using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A value in host memory, which the engine copies to the devices of the arms that read a
/// <typeparamref name="T"/>. The engine disposes the tensors when the last device is done with the frame.</summary>
/// <typeparam name="T">The type that arms read.</typeparam>
/// <param name="Value">The value; its tensors lie on the CPU, and belong to the engine from here on.</param>
public sealed record Prepared<T>(T Value) : IShared, IDisposable where T : class, IUploaded<T>
{
    /// <inheritdoc/>
    public void Dispose() => Value.Map(static tensor =>
    {
        tensor.Dispose();
        return tensor;
    });
}
