namespace Rils.Contract;

/// <summary>A module that can take trained weights of other projects. Any module takes them under its own full names; one that has this takes
/// them without the prefix of its part, or behind another, too, and tells what else its tensors can be made of.</summary>
public interface IForeignNames
{
    /// <summary>What can become one of the module's tensors where the weights have none of its name; the best first.</summary>
    /// <param name="name">A parameter's or buffer's name in the module, without prefix.</param>
    IEnumerable<ForeignTensor> AlternativesTo(string name);

    /// <summary>Whether a tensor may stay as it was made where the weights have others of the module, and nothing for this one.</summary>
    /// <param name="name">Its name in the module.</param>
    bool MayStay(string name);

    /// <summary>Why weights, none of which fit, are those of a model of the same purpose that cannot become this one; null where that cannot be told.</summary>
    /// <param name="names">All names.</param>
    string? Obstacle(IReadOnlyCollection<string> names) => null;
}
