using Rils.Configuration;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>Checks the arms against the list of what the file varies: everything else in them must be equal, even where
/// nothing reads it.</summary>
/// <param name="registry">The kinds.</param>
/// <param name="vary">Tables, keys and objectives: <c>target</c>, <c>masking.ratio</c>,
/// <c>objective.simclr</c>.</param>
/// <param name="node">The list in the file.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class VaryCheck(PluginRegistry registry, IReadOnlyList<string> vary, TomlNode node, Problems problems)
{
    /// <summary>Compares every arm with the first one. Arms with a wrong table are passed over, because its mistake is
    /// already reported.</summary>
    public void Check(IReadOnlyList<ArmDefinition> arms)
    {
        foreach (var (index, name) in vary.Index())
            CheckName(name, node is ArrayNode array ? array.Items[index].Span : node.Span, arms);
        ArmDefinition[] sound = [.. arms.Where(arm => arm.Unread.Count == 0)];
        foreach (var arm in sound.Skip(1)) Compare(sound[0], arm);
    }

    void CheckName(string name, SourceSpan at, IReadOnlyList<ArmDefinition> arms)
    {
        string[] known = [.. Names(arms).Distinct()];
        // A wrong key of the sweep is reported by itself, at the same place.
        if (known.Contains(name) || problems.Any(problem => problem.At == at)) return;
        string[] ending = [.. known.Where(path => path.EndsWith($".{name}", StringComparison.Ordinal)).Take(3)];
        var meant = ending.Length == 0 && Nearest.Name(name, known) is { } near ? [near] : ending;
        problems.Add(at, $"`vary` names `{name}`, which no arm can have{Nearest.Hint(meant, ".")} "
            + $"Arms have: {string.Join(", ", known.Where(path => !path.Contains('.')))}.");
    }

    /// <summary>All names that an arm can have with the loaded plugins, and the objectives that some arm has.</summary>
    IEnumerable<string> Names(IReadOnlyList<ArmDefinition> arms)
    {
        var entries = registry.Entries.Where(entry =>
            !entry.Table.Contains('.') && !ExperimentKeys.All.World.Contains(entry.Table)).ToArray();
        var tables = entries.Where(entry => entry.Table != "objective")
            .Select(entry => (Path: entry.Table, Entry: entry)).Concat(
                from slot in registry.Slots.All
                where slot.OfArm is not null
                from entry in registry.Entries
                where entry.Table == slot.Table
                select (Path: slot.OfArm, Entry: entry));
        var objectives = arms.SelectMany(arm => arm.Objectives)
            .Select(objective => (Path: $"objective.{objective.Key}", objective.Value.Entry));
        foreach (var table in entries.Select(entry => entry.Table)) yield return table;
        foreach (var (path, entry) in tables.Concat(objectives))
            foreach (var name in OptionProperty.Of(entry.Options).Select(property => $"{path}.{property.Key}")
                .Append(path).Append(entry.Kind is null ? path : $"{path}.kind"))
                yield return name;
    }

    void Compare(ArmDefinition first, ArmDefinition arm)
    {
        var (then, now) = (Parts(first), Parts(arm));
        foreach (var path in then.Keys.Union(now.Keys).Where(path => !IsFree(path)))
        {
            if (!now.TryGetValue(path, out var own)) Lacks(arm, first, path, arm.Span);
            else if (!then.TryGetValue(path, out var other)) Lacks(first, arm, path, own.Span);
            else Compare(first.Name, other, arm.Name, own, path);
        }
    }

    void Compare(string first, BoundTable then, string arm, BoundTable now, string path)
    {
        if (then.Entry != now.Entry && !IsFree($"{path}.kind"))
        {
            var at = now.Values["kind"]?.Span ?? now.Span;
            Differ($"{path}.kind", at, (first, $"\"{then.Entry.Name}\""), (arm, $"\"{now.Entry.Name}\""));
            return;
        }
        // Where the kinds differ, only the keys that both kinds have are compared.
        var others = OptionProperty.Of(then.Entry.Options).ToDictionary(property => property.Key);
        foreach (var property in OptionProperty.Of(now.Entry.Options)
            .Where(property => others.ContainsKey(property.Key) && !IsFree($"{path}.{property.Key}")))
        {
            var (other, own) =
                (others[property.Key].Property.GetValue(then.Options), property.Property.GetValue(now.Options));
            if (OptionEquality.Same(other, own)) continue;
            var at = (now.Values[property.Key] ?? then.Values[property.Key])?.Span ?? now.Span;
            Differ($"{path}.{property.Key}", at, (first, OptionKey.Show(other)), (arm, OptionKey.Show(own)));
        }
    }

    void Lacks(ArmDefinition arm, ArmDefinition other, string path, SourceSpan at) =>
        problems.Add(at, $"arm {arm.Name} has no {Header(path)}, and arm {other.Name} has one: "
            + $"give it to both, at the root of the file, or add \"{path}\" to `vary`");

    void Differ(string path, SourceSpan at, (string Arm, string Value) first, (string Arm, string Value) now) =>
        problems.Add(at, $"{path} is {now.Value} in arm {now.Arm} and {first.Value} in arm {first.Arm}: "
            + $"make them equal, or add \"{path}\" to `vary`");

    bool IsFree(string path) => vary.Any(name => path == name || path.StartsWith($"{name}.", StringComparison.Ordinal));

    static Dictionary<string, BoundTable> Parts(ArmDefinition arm) => new(arm.Tables.Concat(
        arm.Objectives.Select(objective => KeyValuePair.Create($"objective.{objective.Key}", objective.Value))));

    static string Header(string path) => path.StartsWith("objective.", StringComparison.Ordinal)
        ? $"{path["objective.".Length..]} in [[objective]]" : $"[{path}]";
}
