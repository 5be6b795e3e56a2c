namespace Rils.Runs;

/// <summary>Steps that a run made by other means than the steps before them.</summary>
/// <param name="Seed">The seed in which the steps begin.</param>
/// <param name="Phase">The phase of that seed, from 1.</param>
/// <param name="Step">The number of optimizer steps of that phase before them.</param>
/// <param name="Differences">The differences from the means of all earlier steps, in the order of training.</param>
public sealed record Stretch(long Seed, int Phase, long Step, IReadOnlyList<Difference> Differences)
{
    /// <summary>A line for each difference: <c>from step 40 of seed 0 on, threads was 2 and is 1</c>.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            var from = $"from step {Step} of {(Phase == 1 ? "" : $"phase {Phase} of ")}seed {Seed} on";
            return Differences.Select(difference =>
                $"{from}, {difference}{(difference.Name is null ? "" : $" (accepted: {difference.Name})")}");
        }
    }

    /// <summary>Adds a stretch. The new stretch replaces those of its seed and phase that begin at its first step or
    /// later, because the run makes their steps again.</summary>
    /// <returns>The stretches of the run; a stretch whose differences undo each other is left out.</returns>
    internal static IReadOnlyList<Stretch> Add(IReadOnlyList<Stretch> earlier, Stretch begun)
    {
        List<Stretch> kept = [.. earlier];
        while (kept is [.., { } last] && (last.Seed, last.Phase) == (begun.Seed, begun.Phase)
            && last.Step >= begun.Step)
        {
            kept.RemoveAt(kept.Count - 1);
            begun = begun with { Differences = Joined(last.Differences, begun.Differences) };
        }
        return begun.Differences.Count == 0 ? kept : [.. kept, begun];
    }

    static IReadOnlyList<Difference> Joined(IReadOnlyList<Difference> first, IReadOnlyList<Difference> second) =>
    [
        .. first.Where(difference => second.All(later => later.What != difference.What)),
        .. second.Select(later => first.FirstOrDefault(difference => difference.What == later.What) is { } before
            ? before.Then(later) : later).OfType<Difference>(),
    ];
}
