namespace Rils.Engine.Pretrained;

/// <summary>The tensors that an arm took from the weights of its <c>[init]</c>: State of the arm, and <c>init.json</c>
/// in its folder.</summary>
/// <param name="Title">The owner of the weights.</param>
/// <param name="Parts">The parts that took tensors.</param>
/// <param name="Frozen">Those among <paramref name="Parts"/> that are not trained.</param>
/// <param name="Taken">The tensors that were taken, by the arm's names.</param>
/// <param name="Left">The names of the weights that nothing took.</param>
/// <param name="Missing">The names of tensors of these parts that stayed as they were made.</param>
/// <param name="Notes">Why a part could take nothing, where the reason is known.</param>
public sealed record TakenWeights(
    string Title, IReadOnlyList<string> Parts, IReadOnlyList<string> Frozen, IReadOnlyList<TakenTensor> Taken,
    IReadOnlyList<string> Left, IReadOnlyList<string> Missing, IReadOnlyList<string> Notes)
{
    /// <summary>The file in the arm's folder.</summary>
    internal const string File = "init.json";

    /// <summary>Describes the weights in a line or two: the number of tensors, and the beginnings of the names that
    /// were left.</summary>
    public IEnumerable<string> Summary()
    {
        var own = Taken.Count(tensor => tensor.IsAsItIs);
        var frozen = Frozen.Count == 0 ? "" : $", frozen: {string.Join(", ", Frozen)}";
        yield return $"{Taken.Count} tensors from {Title} ({string.Join(", ", Parts)}{frozen}): "
            + $"{own} as they are, {Taken.Count - own} renamed; "
            + $"left {Left.Count}{Some(Left)}; missing {Missing.Count}{Some(Missing)}";
        foreach (var note in Notes) yield return note;
    }

    static string Some(IReadOnlyList<string> names) => names.Count == 0 ? "" : $": {TensorNames.Short(names)}";
}
