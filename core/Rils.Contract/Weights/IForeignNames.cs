namespace Rils.Contract;

/// <summary>A module that can take trained weights of other projects. Every module takes weights whose names are its
/// own full names. A module with this interface also takes names without the prefix of its part, or with another
/// prefix, and lists other tensors from which its own can be made.</summary>
public interface IForeignNames
{
    /// <summary>Lists the tensors from which one of the module's tensors can be made, where the weights have none of
    /// its name. The list may begin with that name itself, to fit a tensor of another size.</summary>
    /// <param name="name">A parameter's or buffer's name in the module, without prefix.</param>
    /// <returns>The alternatives, the best first; the engine takes the first whose names are all there. May be
    /// empty.</returns>
    IEnumerable<ForeignTensor> AlternativesTo(string name);

    /// <summary>Whether a tensor may keep its first values where the weights have other tensors of the module, but not
    /// this one.</summary>
    /// <param name="name">A parameter's or buffer's name in the module, without prefix.</param>
    /// <returns>True for a tensor that may; false where the weights are refused without it.</returns>
    bool MayStay(string name);

    /// <summary>Explains why weights cannot be taken, where they are those of a known model with the same purpose, and
    /// which options would take them. Weights that have tensors of the module all the same are refused with this
    /// reason, because what the module lacks would be lost without a word.</summary>
    /// <param name="names">All names of tensors in the weights.</param>
    /// <returns>The reason, for a message; null where the module does not know the model.</returns>
    string? Obstacle(IReadOnlyCollection<string> names) => null;
}
