using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>State that ticks change: a checkpoint holds its tensors, and a resumed run gets them back.</summary>
/// <remarks>Whatever is not here must follow from the options and the seed when <c>Setup</c> makes the State anew.</remarks>
public interface ICheckpointed
{
    /// <summary>Its tensors by name. Restoring writes into them, so what they are views of sees it too.</summary>
    IReadOnlyDictionary<string, Tensor> Tensors { get; }
}
