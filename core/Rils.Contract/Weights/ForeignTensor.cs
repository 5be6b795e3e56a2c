using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tensors under another project's names from which one tensor of a module can be made.</summary>
/// <param name="Names">The tensors' names, without the words that a file has before all names of the model
/// (<c>module.</c>).</param>
/// <param name="Make">Makes the module's tensor from these tensors, which come in the order of the names. Null where
/// the one tensor is the module's own under another name. An exception that it throws counts as a mismatch of
/// shapes.</param>
public sealed record ForeignTensor(IReadOnlyList<string> Names, Func<IReadOnlyList<Tensor>, Tensor>? Make = null);
