using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>State that ticks change: a checkpoint holds its tensors, and a resumed run reads them back.</summary>
/// <remarks>Everything else in the State must follow from the options and the seed when <c>Setup</c> makes the State
/// anew. The end of the run disposes the State, and the default <c>Dispose</c> its <see cref="Tensors"/>: a State with
/// further tensors implements <c>Dispose</c> itself.</remarks>
public interface ICheckpointed : IDisposable
{
    /// <summary>The tensors by name, of any shape and type. A resumed run copies the checkpoint's numbers into these
    /// tensors in place, so that tensors of which they are views change too.</summary>
    IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Memory that the State holds while the arm trains, in bytes; by default that of <see cref="Tensors"/>. A
    /// State that holds more must say so: a sweep decides by it how many arms fit into a run.</summary>
    long Bytes => Tensors.Values.Sum(tensor => tensor.numel() * tensor.dtype.ElementSize());

    void IDisposable.Dispose()
    {
        foreach (var tensor in Tensors?.Values ?? []) tensor?.Dispose(); // null where Setup has failed
    }
}
