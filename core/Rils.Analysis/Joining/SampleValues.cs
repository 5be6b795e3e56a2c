using Rils.Contract;

namespace Rils.Analysis.Joining;

/// <summary>The heads' outcomes over samples, for all arms and seeds.</summary>
sealed class SampleValues(IReadOnlyList<JoinedArm> arms)
{
    readonly Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<SampleOutcomes>>>> read =
        arms.ToDictionary(arm => arm.Name, arm =>
            (IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<SampleOutcomes>>>)
            [.. arm.Outcomes.Select(outcome => arm.Run.Samples(outcome).Heads)]);

    /// <summary>The outcomes of an arm by one metric over the samples.</summary>
    /// <returns>The outcomes, one for each seed; null where the head has none for the metric.</returns>
    /// <exception cref="InvalidDataException">The head evaluated the arm on other samples than the first arm that has
    /// the metric.</exception>
    public IReadOnlyList<SampleOutcomes>? Of(JoinedArm arm, string head, string metric)
    {
        SampleOutcomes[] found = [.. read[arm.Name].Select(seed => Part(seed, head, metric)).OfType<SampleOutcomes>()];
        if (found.Length < arm.Outcomes.Count) return null;
        var (first, part) = First(head, metric);
        if (found.Any(own => !own.Keys.SequenceEqual(part.Keys)
            || !(own.Clusters ?? []).SequenceEqual(part.Clusters ?? [])))
            throw new InvalidDataException(
                $"head {head} judged other samples for {metric} in {arm.Run.Folder} than in {first.Run.Folder}: "
                + "the data was changed between the two, or for one of the seeds; run one of them anew");
        return found;
    }

    (JoinedArm Arm, SampleOutcomes Part) First(string head, string metric) =>
        arms.Select(arm => (arm, Part(read[arm.Name][0], head, metric)!)).First(pair => pair.Item2 is not null);

    static SampleOutcomes? Part(
        IReadOnlyDictionary<string, IReadOnlyList<SampleOutcomes>> heads, string head, string metric) =>
        heads.GetValueOrDefault(head)?.FirstOrDefault(part =>
            part.Metrics.ContainsKey(metric) || part.Replicates.ContainsKey(metric));
}
