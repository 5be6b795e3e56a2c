using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tensors under another project's names from which one tensor of a module can be made.</summary>
/// <param name="Names">The tensors' names, without the words that a file has before all names of the model
/// (<c>module.</c>).</param>
/// <param name="Make">Makes the module's tensor from these tensors, which come in the order of the names. Null where
/// the one tensor is the module's own under another name. An exception that it throws counts as a mismatch of
/// shapes.</param>
public sealed record ForeignTensor(IReadOnlyList<string> Names, Func<IReadOnlyList<Tensor>, Tensor>? Make = null)
{
    /// <summary>Whether <see cref="Make"/> fits the one tensor to the module's where their sizes differ, such as
    /// positions of another grid. The report of the weights then tells both shapes.</summary>
    public bool IsFitted { get; init; }

    /// <summary>The name of a tensor, without those words too, without which these make no sense: a projection of an
    /// image tower's features is taken only where another part of the arm takes the tower, by this tensor. Null for
    /// tensors that need no other.</summary>
    public string? With { get; init; }
}
