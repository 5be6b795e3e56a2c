namespace Rils.Ecs;

/// <summary>What signatures must keep to, whatever the arms are.</summary>
sealed class Rules(Graph graph, IReadOnlyList<Signature> signatures, IReadOnlySet<Type> components, List<string> mistakes, List<string> warnings)
{
    public void Check()
    {
        ReportDuplicateNames();
        foreach (var signature in signatures)
        {
            CheckLane(signature);
            CheckSharing(signature);
            CheckNames(signature);
            CheckMakers(signature);
        }
        foreach (var node in graph.Nodes.Where(node => node.CanRun)) CheckNode(node);
    }

    void ReportDuplicateNames()
    {
        foreach (var twice in signatures.GroupBy(s => s.Definition.Name).Where(group => group.Count() > 1))
            mistakes.Add($"two systems are named {twice.Key} (from {string.Join(" and ", twice.Select(s => s.Definition.Origin).Order(StringComparer.Ordinal))}): rename one");
    }

    void CheckLane(Signature signature)
    {
        var (name, stage) = (signature.Definition.Name, signature.Definition.Stage);
        if (signature.OnHostLane && signature.Level != Level.World)
            mistakes.Add($"{name} runs in {stage} on the host lane, which works ahead of the arms: it may name only IShared types, not {Unshared(signature)}");
        if (signature.Level == Level.World && stage is (Stage.Objective or Stage.Backward or Stage.Update))
            mistakes.Add($"{name} names only shared types and so runs once per world, which {stage} has no place for: use Forward (before the first arm) or Observe (after the last)");
    }

    static string Unshared(Signature signature) => string.Join(", ",
        signature.Parameters.Where(p => !p.Type.IsAssignableTo(typeof(IShared))).Select(p => TypeName.Of(p.Type)));

    void CheckSharing(Signature signature)
    {
        var writes = signature.Parameters.Where(p => p.Type.IsAssignableTo(typeof(IShared)) && p.Access is Access.Update or Access.Create or Access.Append);
        foreach (var parameter in writes)
        {
            if (signature.Level != Level.World)
                mistakes.Add($"{signature.Definition.Name} runs once per arm and may only read {TypeName.Of(parameter.Type)}, which all arms share");
            else if (parameter.Access == Access.Update && !signature.OnHostLane && signature.Definition.Stage != Stage.Setup)
                mistakes.Add($"{signature.Definition.Name} updates {TypeName.Of(parameter.Type)} on a device lane, of which there may be several: update it in Load or Prepare");
        }
    }

    void CheckNames(Signature signature)
    {
        var options = signature.Definition.Options;
        foreach (var (name, isAfter) in options.AfterNames.Select(n => (n, true)).Concat(options.BeforeNames.Select(n => (n, false))))
        {
            var word = isAfter ? "After" : "Before";
            if (signatures.FirstOrDefault(s => s.Definition.Name == name) is not { } other)
                warnings.Add($"{signature.Definition.Name} has {word}(\"{name}\"), and no system is named so: a slip, or its plugin is absent");
            else if (isAfter ? other.Definition.Stage > signature.Definition.Stage : other.Definition.Stage < signature.Definition.Stage)
                mistakes.Add($"{signature.Definition.Name} of {signature.Definition.Stage} has {word}(\"{name}\"), which runs in {other.Definition.Stage}: stages come first");
        }
    }

    void CheckMakers(Signature signature)
    {
        foreach (var parameter in signature.Parameters)
        {
            if (parameter.Access is not (Access.Read or Access.Update or Access.Collect) || HasMaker(parameter)) continue;
            mistakes.Add(parameter.Access switch
            {
                Access.Update => $"{signature.Definition.Name} updates {TypeName.Of(parameter.Type)}, which no system makes: make it in Setup by an out parameter",
                Access.Collect => $"{signature.Definition.Name} collects {TypeName.Of(parameter.Type)}, which no system appends",
                _ => $"{signature.Definition.Name} reads {TypeName.Of(parameter.Type)}, which no system makes and no plugin registers as a component",
            });
        }
    }

    bool HasMaker(SystemParameter parameter)
    {
        var access = parameter.Access == Access.Collect ? Access.Append : Access.Create;
        return signatures.Any(s => s.Parameters.Any(p => p.Type == parameter.Type && p.Access == access))
            || (parameter.Access == Access.Read && components.Contains(parameter.Type));
    }

    void CheckNode(Node node)
    {
        foreach (var parameter in node.Parameters)
        {
            var place = graph.PlaceOf(node, parameter);
            if (parameter.Access == Access.Create) CheckCreation(node, place);
            if (parameter.Access == Access.Update && place.Entity.Has(place.Type))
                mistakes.Add($"{node.Name} updates {TypeName.Of(place.Type)}, a component of {place.Entity}: components are settings, only what a system makes can be updated");
            if (parameter.Access is Access.Read or Access.ReadMaybe or Access.Update or Access.Collect) CheckTime(node, parameter, place);
        }
    }

    void CheckCreation(Node node, Place place)
    {
        if (place.Entity.Has(place.Type))
            mistakes.Add($"{node.Name} makes {TypeName.Of(place.Type)}, which {place.Entity} has as a component already: remove one");
        var makers = graph.Creators(place).ToArray();
        if (makers.Length > 1 && makers[0] == node)
            mistakes.Add($"{string.Join(" and ", makers.Select(m => m.Name))} both make {TypeName.Of(place.Type)} for {place.Entity}: one arm has one creator of a type");
    }

    void CheckTime(Node node, SystemParameter parameter, Place place)
    {
        var makers = parameter.Access == Access.Collect ? graph.Appenders(place) : graph.Creators(place);
        if (makers.FirstOrDefault(maker => maker.Stage > node.Stage) is { } late)
            mistakes.Add($"{node.Name} reads {TypeName.Of(place.Type)} in {node.Stage}, before {late.Name} makes it in {late.Stage}: move one of them");
        if (place.Type.IsAssignableTo(typeof(IShared)) && node.Stage > Stage.Prepare && graph.Updaters(place).FirstOrDefault(u => u.Stage is Stage.Load or Stage.Prepare) is { } ahead && graph.IsState(place))
            mistakes.Add($"{node.Name} reads {TypeName.Of(place.Type)} on a device lane while {ahead.Name} updates it ahead on the host lane: pass a copy through the frame");
    }
}
