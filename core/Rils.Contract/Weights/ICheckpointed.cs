using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>State that ticks change: a checkpoint holds its tensors, and a resumed run gets them back.</summary>
/// <remarks>Whatever is not here must follow from the options and the seed when <c>Setup</c> makes the State anew.
/// At the end of its run a State is disposed, and its tensors with it: one that keeps others besides implements <c>Dispose</c> itself.</remarks>
public interface ICheckpointed : IDisposable
{
    /// <summary>Its tensors by name. Restoring writes into them, so what they are views of sees it too.</summary>
    IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>What it keeps in memory while the arm trains. One that keeps more than its tensors says so: else a sweep puts more arms into a run than fit.</summary>
    long Bytes => Tensors.Values.Sum(tensor => tensor.numel() * tensor.dtype.ElementSize());

    void IDisposable.Dispose()
    {
        foreach (var tensor in Tensors?.Values ?? []) tensor?.Dispose(); // null where Setup has failed
    }
}
