namespace Rils.Scheduling;

/// <summary>Checks the rules for signatures that hold for all worlds, with any arms.</summary>
sealed class Rules(
    IReadOnlyList<Signature> signatures, IReadOnlySet<Type> components, List<string> mistakes, List<string> warnings)
{
    public void Check()
    {
        ReportDuplicateNames();
        foreach (var signature in signatures)
        {
            CheckForm(signature);
            CheckLane(signature);
            CheckSharing(signature);
            CheckNames(signature);
            CheckConditions(signature);
            CheckMakers(signature);
        }
    }

    void ReportDuplicateNames()
    {
        foreach (var twice in signatures.GroupBy(s => s.Definition.Name).Where(group => group.Count() > 1))
        {
            string[] origins = [.. twice.Select(s => s.Definition.Origin).Order(StringComparer.Ordinal)];
            if (origins.Contains(SystemDefinition.Engine) || origins.Distinct().Count() < origins.Length)
                mistakes.Add($"two systems are named {twice.Key} (from {string.Join(" and ", origins)}): rename "
                    + (origins.Contains(SystemDefinition.Engine) ? "the plugin's" : "one"));
        }
    }

    void CheckForm(Signature signature)
    {
        var (definition, parameters) = (signature.Definition, signature.Parameters);
        foreach (var twice in parameters.GroupBy(p => p.Type).Where(group => group.Count() > 1))
            if (Doubled(TypeName.Of(twice.Key), [.. twice.Select(p => p.Access)]) is { } doubled)
                mistakes.Add($"{definition.Name} {doubled}");
        foreach (var wrapper in parameters.Where(p => p.IsMadeWrapper))
            mistakes.Add($"{definition.Name} takes {wrapper.Access} of {TypeName.Of(wrapper.Type)} by ref or out: the "
                + "scheduler makes it, take it by in or by value");
        if (signature.Returns)
            mistakes.Add($"{definition.Name} returns a value: a system returns void and makes values through out "
                + "parameters");
        if (definition.Stage == Stage.Setup && definition.Options.Condition is not null)
            mistakes.Add($"{definition.Name} has a run condition in Setup, which has no steps: remove it, or move the "
                + "system to a later stage");
    }

    /// <summary>The end of a message about two uses of one type in a system. Null for the one pair that makes sense, an
    /// update and <c>After</c>: the system updates the type behind all others.</summary>
    static string? Doubled(string type, Access[] uses) => uses switch
    {
        [Access.Update, Access.Follow] => null,
        [.., Access.Follow] => $"has After<{type}> and names {type} besides: drop the After; only a system that "
            + $"updates {type} (ref) needs both",
        [.., Access.Require] => $"has Requires<{type}> or a condition on {type} beside a parameter of {type}: drop the "
            + "Requires, or take the parameter by in",
        _ => $"names {type} in two parameters: keep one (ref both reads and updates)",
    };

    void CheckConditions(Signature signature)
    {
        foreach (var type in signature.Definition.Options.Conditions.Select(condition => condition.Component).Distinct()
            .Where(type => !components.Contains(type) || Anybody(Access.Create, type)))
            mistakes.Add($"{signature.Definition.Name} has a condition on {TypeName.Of(type)}, which is no component: "
                + "a plan knows only what arms have before anything runs, so ask a value inside the system");
    }

    void CheckLane(Signature signature)
    {
        var (name, stage) = (signature.Definition.Name, signature.Definition.Stage);
        if (signature.OnHostLane && signature.Level != Level.World)
            mistakes.Add($"{name} runs in {stage} on the host lane, which works ahead of the arms: it may name only "
                + $"IShared types, not {Unshared(signature)}");
        if (signature.Level == Level.World && stage is (Stage.Objective or Stage.Backward or Stage.Update))
            mistakes.Add($"{name} names only shared types and so runs once per world, which {stage} has no place for: "
                + "use Forward (before the first arm) or Observe (after the last)");
    }

    static string Unshared(Signature signature) => string.Join(", ",
        signature.Parameters.Where(p => !p.Type.IsAssignableTo(typeof(IShared))).Select(p => TypeName.Of(p.Type)));

    void CheckSharing(Signature signature)
    {
        var writes = signature.Parameters.Where(p => p.Type.IsAssignableTo(typeof(IShared))
            && p.Access is Access.Update or Access.Create or Access.Append);
        foreach (var parameter in writes)
        {
            if (signature.Level != Level.World)
                mistakes.Add($"{signature.Definition.Name} runs once per arm and may only read "
                    + $"{TypeName.Of(parameter.Type)}, which all arms share");
            else if (parameter.Access == Access.Update && !signature.OnHostLane
                && signature.Definition.Stage != Stage.Setup)
                mistakes.Add($"{signature.Definition.Name} updates {TypeName.Of(parameter.Type)} on a device lane, of "
                    + "which there may be several: update it in Load or Prepare");
        }
    }

    void CheckNames(Signature signature)
    {
        var options = signature.Definition.Options;
        foreach (var (name, isAfter) in options.AfterNames.Select(n => (n, true))
            .Concat(options.BeforeNames.Select(n => (n, false))))
        {
            var word = isAfter ? "After" : "Before";
            Signature[] named = [.. signatures.Where(s => s.Definition.Name == name)];
            if (named.Length == 0)
                warnings.Add($"{signature.Definition.Name} has {word}(\"{name}\"), and no system is named so: a slip, "
                    + "or its plugin is absent");
            else if (Array.Find(named, other => other.Moment.CompareTo(signature.Moment) * (isAfter ? 1 : -1) > 0)
                is { } other)
                mistakes.Add($"{signature.Definition.Name} of {signature.Moment} has {word}(\"{name}\"), which runs "
                    + $"in {other.Moment}: stages come first, remove it or move "
                    + (Authors.Of([signature.Definition, other.Definition], " or ") ?? "one of them"));
        }
    }

    void CheckMakers(Signature signature)
    {
        var conditions = signature.Definition.Options.Conditions;
        foreach (var parameter in signature.Parameters.Where(p => !HasMaker(p)
            && !conditions.Exists(told => told.Component == p.Type)))
        {
            var (name, type) = (signature.Definition.Name, TypeName.Of(parameter.Type));
            mistakes.Add(parameter.Access switch
            {
                Access.Update => $"{name} updates {type}, which no system makes: make it in Setup by an out parameter",
                Access.Require => $"{name} requires {type}, which no system makes and no plugin registers as a "
                    + $"component: do one of these, or remove Requires<{type}>",
                Access.Collect => $"{name} collects {type}, which no system appends: let one take Append<{type}>",
                _ => $"{name} reads {type}, which no system makes and no plugin registers as a component: do one of "
                    + $"these, or read Maybe<{type}>",
            });
        }
    }

    bool HasMaker(SystemParameter parameter) => parameter.Access switch
    {
        Access.Read or Access.Require => components.Contains(parameter.Type) || Anybody(Access.Create, parameter.Type),
        Access.Update => Anybody(Access.Create, parameter.Type),
        Access.Collect => Anybody(Access.Append, parameter.Type),
        _ => true,
    };

    bool Anybody(Access access, Type type) =>
        signatures.Any(s => s.Parameters.Any(p => p.Type == type && p.Access == access));
}
