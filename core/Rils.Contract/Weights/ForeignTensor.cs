using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tensors under another project's names that one of a module's own can be made of.</summary>
/// <param name="Names">Their names, without whatever a file has before all names of the model.</param>
/// <param name="Make">Makes the module's own of them, in the order of the names; null where it is the same under another name. What it throws counts as
/// weights of another shape.</param>
public sealed record ForeignTensor(IReadOnlyList<string> Names, Func<IReadOnlyList<Tensor>, Tensor>? Make = null);
