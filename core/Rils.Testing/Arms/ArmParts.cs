namespace Rils.Testing.Arms;

/// <summary>Chooses which kinds and components of a plugin come into one arm.</summary>
static class ArmParts
{
    static readonly string[] ofOthers = ["head", "sink", "data"];

    /// <summary>An arm for each kind, with all components that have no kinds beside it.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<ArmPart> Parts)> WithKinds(IReadOnlyList<ArmPart> made) =>
        from part in made
        where part.Entry.Kind is not null && !ofOthers.Contains(part.Entry.Table)
        select ($"an arm with {part.Entry.Title} of {part.Options}", (IReadOnlyList<ArmPart>)[.. Common(made), part]);

    /// <summary>An arm with the components that have no kinds, and nothing else of the plugin's but its source and its
    /// systems.</summary>
    public static (string Title, IReadOnlyList<ArmPart> Parts) Plain(IReadOnlyList<ArmPart> made) =>
        ($"an arm{string.Concat(Common(made).Select((part, place) =>
            $"{(place == 0 ? " with" : " and")} {part.Entry.Title}"))}", [.. Common(made)]);

    /// <summary>The parts of the arm that heads see: all components and objectives, and a kind of each table, so that a
    /// head finds the State that the plugin's own systems make.</summary>
    public static IReadOnlyList<ArmPart> ForHeads(IReadOnlyList<ArmPart> made) =>
    [
        .. Common(made),
        .. made.Where(part => part.Entry.Kind is not null && !ofOthers.Contains(part.Entry.Table))
            .GroupBy(part => part.Entry.Table == "objective" ? part.Entry.Title : part.Entry.Table)
            .Select(table => table.First()),
    ];

    static IEnumerable<ArmPart> Common(IEnumerable<ArmPart> made) =>
        made.Where(part => part.Entry.Kind is null).DistinctBy(part => part.Entry.Table);
}
