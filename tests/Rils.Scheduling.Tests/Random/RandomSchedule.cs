namespace Rils.Scheduling.Tests.Random;

/// <summary>Random systems over a pool of types. Most make sense: they read what earlier ones make, and name the
/// updaters before them.</summary>
sealed class RandomSchedule
{
    static readonly Type[]
        Shared = [typeof(Host0), typeof(Host1), typeof(Host2), typeof(Host3), typeof(Host4), typeof(Host5)],
        Values = [typeof(Value0), typeof(View0), typeof(Value1), typeof(Value2), typeof(View1), typeof(Value3),
            typeof(Value4), typeof(Value5), typeof(Value6)],
        ItemValues = [typeof(ItemValue0), typeof(ItemValue1)],
        Terms = [typeof(Term0), typeof(Term1)];

    readonly System.Random random;
    readonly double nonsense;
    readonly List<Spec> specs = [];
    readonly List<Type> made = [typeof(Setting0), typeof(Setting1)], appended = [], hosts = [];

    /// <param name="seed">Decides everything.</param>
    /// <param name="systems">How many.</param>
    /// <param name="nonsense">How often a system breaks a rule.</param>
    public RandomSchedule(int seed, int systems, double nonsense)
    {
        (random, this.nonsense) = (new(seed), nonsense);
        foreach (var stage in Enumerable.Range(0, systems).Select(_ => (Stage)random.Next(8)).Order())
            specs.Add(NewSpec(stage));
        // State stays alive by itself; this keeps alive some of the rest.
        specs.Add(new(Stage.Observe, "watch", [.. Some([.. made.Where(Values.Contains)], 3)
            .Select(type => new SystemParameter(type, Access.ReadMaybe)), new(typeof(Setting0), Access.Read)], [], 1));
        Build();
    }

    public IReadOnlyList<Spec> Specs => specs;

    /// <summary>Three arms on two devices; some have items, one has a setting that the others lack.</summary>
    public World World { get; } = Make.World("a@one", "b@two", "c@one");

    public Plan Plan(Recorder recorder, IEnumerable<Spec>? order = null) =>
        Scheduling.Plan.Of((order ?? specs).Select(spec => spec.Definition(recorder)), World, typeof(Setting0),
            typeof(Setting1), typeof(ItemSetting));

    void Build()
    {
        foreach (var (index, arm) in World.Arms.Index())
        {
            arm.Set(new Setting0 { Number = (ulong)index });
            if (index == 1) arm.Set(new Setting1 { Number = 7 });
            foreach (var item in Enumerable.Range(0, index))
                arm.AddItem($"item{item}").Set(new ItemSetting { Number = (ulong)(10 * index + item) });
        }
    }

    Spec NewSpec(Stage stage)
    {
        var name = $"s{random.Next(10_000)}.{specs.Count}";
        var shared = stage is Stage.Load or Stage.Prepare
            || (stage is Stage.Setup or Stage.Forward or Stage.Observe && Chance(0.3));
        var item = !shared && stage != Stage.Setup && Chance(0.2);
        Type[] readable = [.. made.Where(type => (shared ? Shared.Contains(type) : item || !ItemValues.Contains(type))
            && !(stage > Stage.Prepare && hosts.Contains(type)))];
        List<SystemParameter> parameters = [.. Some(readable, 3).Select(type =>
            new SystemParameter(type, Chance(0.2) ? Access.ReadMaybe : Chance(0.2) ? Access.Require : Access.Read))];
        if (item) parameters.Add(new(typeof(ItemSetting), Access.Read));
        else if (!shared && !parameters.Any(p => IsArms(p.Type))) parameters.Add(new(typeof(Setting0), Access.Read));
        List<string> after = [];
        if (!item) AddUpdate(stage, shared, parameters, after);
        AddOptions(shared ? Shared : item ? [.. ItemValues, .. Values] : Values, readable, parameters);
        AddCreations(shared ? Shared : item ? ItemValues : Values, parameters);
        if (!shared && stage != Stage.Setup && Chance(0.4)) AddTerm(stage >= Stage.Backward && !item, parameters);
        return new(stage, name, parameters, after, stage != Stage.Setup && Chance(0.15) ? 2 : 1);
    }

    void AddUpdate(Stage stage, bool shared, List<SystemParameter> parameters, List<string> after)
    {
        Type[] changeable = [.. made.Where(type => shared ? Shared.Contains(type) && stage <= Stage.Prepare
            : Values.Contains(type) && parameters.All(p => p.Type != type))];
        if (changeable.Length == 0 || !Chance(0.4)) return;
        var type = Some(changeable, 1)[0];
        parameters.RemoveAll(p => p.Type == type);
        if (shared) hosts.Add(type); // No device may read a State that the host lane changes.
        parameters.Add(new(type, Access.Update));
        if (!Chance(nonsense))
            after.AddRange(specs.Where(spec => spec.Parameters.Any(p => p.Access == Access.Update))
                .Select(spec => spec.Name));
    }

    /// <summary>An order behind a type, which an updater may have too, and a requirement.</summary>
    void AddOptions(Type[] pool, Type[] readable, List<SystemParameter> parameters)
    {
        if (Chance(0.1 + nonsense) && parameters.Find(p => p.Access == Access.Update) is { } update)
            parameters.Add(new(update.Type, Access.Follow));
        Type[] free =
            [.. pool.Where(type => parameters.All(p => p.Type != type) && (made.Contains(type) || Chance(nonsense)))];
        if (Chance(0.2)) parameters.AddRange(Some(free, 1).Select(type => new SystemParameter(type, Access.Follow)));
        if (Chance(0.1))
            parameters.AddRange(Some([.. readable.Where(type => parameters.All(p => p.Type != type))], 1)
                .Select(type => new SystemParameter(type, Access.Require)));
    }

    void AddCreations(Type[] pool, List<SystemParameter> parameters)
    {
        Type[] free = Chance(nonsense) ? pool : [.. pool.Where(type => !made.Contains(type))];
        foreach (var type in Some(free, 2).Where(type => parameters.All(p => p.Type != type)))
        {
            parameters.Add(new(type, Access.Create));
            made.Add(type);
        }
    }

    void AddTerm(bool collects, List<SystemParameter> parameters)
    {
        var type = Some(Terms, 1)[0];
        if (!collects) appended.Add(type);
        if (!collects || appended.Contains(type)) parameters.Add(new(type, collects ? Access.Collect : Access.Append));
    }

    static bool IsArms(Type type) => Values.Contains(type) || type == typeof(Setting0);

    bool Chance(double probability) => random.NextDouble() < probability;

    Type[] Some(Type[] types, int most) =>
        [.. types.Distinct().OrderBy(_ => random.Next()).Take(most == 1 ? 1 : random.Next(most + 1))];
}
