namespace Rils.Runs;

/// <summary>Steps that were made by other means than those before them.</summary>
/// <param name="Seed">The seed in which they begin.</param>
/// <param name="Phase">Of it, from 1.</param>
/// <param name="Step">Optimizer steps of that phase before them.</param>
/// <param name="Differences">To the means of all that was trained before, in the order of training.</param>
public sealed record Stretch(long Seed, int Phase, long Step, IReadOnlyList<Difference> Differences)
{
    /// <summary>A line for each difference: <c>from step 40 of seed 0 on, threads was 2 and is 1</c>.</summary>
    public IEnumerable<string> Lines => Differences.Select(difference =>
        $"from step {Step} of {(Phase == 1 ? "" : $"phase {Phase} of ")}seed {Seed} on, {difference}{(difference.Name is null ? "" : $" (accepted: {difference.Name})")}");

    /// <summary>Adds a stretch. Those that it begins before are made again by its means.</summary>
    /// <returns>The stretches of the run; none for what is undone.</returns>
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
