using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>The parts of an arm, for a line of text.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Own">The parts that not all arms have alike, and those that the arm lacks beside others: <c>masking
/// random (ratio 0.6)</c>, <c>no target</c>. Empty for a lone arm.</param>
/// <param name="Common">The parts that all arms have alike: <c>backbone vit</c>.</param>
public sealed record ArmComposition(string Arm, IReadOnlyList<string> Own, IReadOnlyList<string> Common)
{
    /// <summary>Lists the arms in the order of the file, and their parts in the order in which the file first names
    /// them.</summary>
    public static IReadOnlyList<ArmComposition> Of(Experiment experiment)
    {
        Dictionary<string, BoundTable>[] arms = [.. experiment.ArmDefinitions.Select(Parts)];
        string[] keys = [.. arms.SelectMany(arm => arm.Keys).Distinct()];
        var common = keys.Where(key => arms.All(arm =>
            arm.TryGetValue(key, out var part) && SameAs(part, arms[0].GetValueOrDefault(key)))).ToHashSet();
        return [.. experiment.Arms.Zip(arms, (name, parts) => new ArmComposition(name,
            [.. keys.Where(key => !common.Contains(key)).Select(key => Differing(key, parts, arms))],
            [.. keys.Where(common.Contains).Select(key => Title(key, parts[key]))]))];
    }

    static Dictionary<string, BoundTable> Parts(ArmDefinition arm) => new(arm.Tables.Concat(
        arm.Objectives.Select(objective => KeyValuePair.Create($"objective {objective.Key}", objective.Value))));

    static string Differing(string key, Dictionary<string, BoundTable> parts, Dictionary<string, BoundTable>[] arms)
    {
        if (!parts.TryGetValue(key, out var part)) return $"no {key}";
        var alike = arms.Select(arm => arm.GetValueOrDefault(key)).OfType<BoundTable>()
            .Where(other => other.Entry == part.Entry).ToArray();
        var differing = OptionProperty.Of(part.Entry.Options)
            .Where(property => alike.Select(other => Value(property, other)).Distinct().Count() > 1)
            .Select(property => $"{property.Key} {Value(property, part)}");
        var keys = string.Join(", ", differing);
        return keys.Length > 0 ? $"{Title(key, part)} ({keys})" : Title(key, part);
    }

    static bool SameAs(BoundTable part, BoundTable? other) => other is not null && part.Entry == other.Entry
        && OptionProperty.Of(part.Entry.Options).All(property => Value(property, part) == Value(property, other));

    static string Value(OptionProperty property, BoundTable part) =>
        OptionKey.Show(property.Property.GetValue(part.Options));

    /// <summary>The name of a part; the kind is left out for an objective of the same name, and for a component without
    /// kinds.</summary>
    static string Title(string key, BoundTable part) =>
        part.Entry.Kind is not { } kind || key == $"objective {kind}" ? key : $"{key} {part.Entry.Name}";
}
