namespace Rils.Engine.Pretrained;

/// <summary>What an arm took of the weights that its <c>[init]</c> names: State of the arm, and <c>init.json</c> in its folder.</summary>
/// <param name="Title">Whose they are.</param>
/// <param name="Parts">The parts that took them.</param>
/// <param name="Frozen">Of these, the parts that are not trained.</param>
/// <param name="Taken">What was taken, by the arm's names.</param>
/// <param name="Left">Names that the weights have and nothing took.</param>
/// <param name="Missing">Names of these parts that stayed as they were made.</param>
/// <param name="Notes">Why a part could take nothing, where that can be told.</param>
public sealed record TakenWeights(
    string Title, IReadOnlyList<string> Parts, IReadOnlyList<string> Frozen, IReadOnlyList<TakenTensor> Taken,
    IReadOnlyList<string> Left, IReadOnlyList<string> Missing, IReadOnlyList<string> Notes)
{
    /// <summary>The file in the arm's folder.</summary>
    internal const string File = "init.json";

    /// <summary>For a line or two: how many, and of what is left the beginnings of the names.</summary>
    public IEnumerable<string> Summary()
    {
        var own = Taken.Count(tensor => tensor.IsAsItIs);
        var frozen = Frozen.Count == 0 ? "" : $", frozen: {string.Join(", ", Frozen)}";
        yield return $"{Taken.Count} tensors from {Title} ({string.Join(", ", Parts)}{frozen}): {own} as they are, {Taken.Count - own} renamed; "
            + $"left {Left.Count}{Some(Left)}; missing {Missing.Count}{Some(Missing)}";
        foreach (var note in Notes) yield return note;
    }

    static string Some(IReadOnlyList<string> names) => names.Count == 0 ? "" : $": {TensorNames.Short(names)}";
}
