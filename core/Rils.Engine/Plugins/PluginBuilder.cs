using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Engine.Slots;
using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>Collects the registrations of one plugin, each with the plugin's name as its origin.</summary>
sealed partial class PluginBuilder(
    SlotTable slots, LoadedPlugin origin, PluginProblems problems, ILoggerFactory loggers) : IRilsBuilder
{
    readonly ServiceCollection services = [];
    readonly List<KindEntry> kinds = [];
    readonly List<(KindEntry Entry, KindClass Class)> classes = [];
    readonly List<SystemDefinition> systems = [];
    bool closed;

    public IServiceCollection Services => services;

    /// <summary>The plugin's services; null before <see cref="Configure"/>, and where a service cannot be
    /// made.</summary>
    public ServiceProvider? Provider { get; private set; }

    public IReadOnlyList<KindEntry> Kinds => kinds;

    public IReadOnlyList<SystemDefinition> Systems => systems;

    public IRilsBuilder Kind<TOptions, TContext, TSlot>(string kind, Func<TOptions, TContext, TSlot> make)
        where TOptions : class where TSlot : class => Kind<TOptions, TContext, TSlot, TSlot>(kind, make);

    public IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind, Func<TOptions, TContext, TKind> make)
        where TOptions : class where TSlot : class where TKind : class, TSlot
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(make);
        return SlotOf<TContext, TSlot>(kind) is not { } slot ? this
            : Add(new(slot.Table, kind, typeof(TOptions), typeof(TSlot),
                (options, context, scope) => scope.Making(() => make((TOptions)options, (TContext)context)),
                origin.Name)
            {
                Class = typeof(TKind),
            });
    }

    public IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind)
        where TOptions : class where TSlot : class where TKind : class, TSlot
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (SlotOf<TContext, TSlot>(kind) is not { } slot) return this;
        var made = new KindClass(typeof(TKind), typeof(TOptions), typeof(TContext));
        var entry = new KindEntry(slot.Table, kind, typeof(TOptions), typeof(TSlot),
            (options, context, scope) => scope.Making(() => made.Make(scope.Of(Provider!), options, context)),
            origin.Name)
        {
            Class = typeof(TKind),
        };
        classes.Add((entry, made));
        return Add(entry);
    }

    public IRilsBuilder Component<TOptions>(string table, string? kind = null) where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(table);
        var known = slots.Find(table);
        if (known?.SystemsOptions is { } asked && !typeof(TOptions).IsAssignableTo(asked))
            return Refuse($"registers the component [{table}] with {typeof(TOptions).Name}, which is no {asked.Name}",
                $"implement {asked.Name}, or register a kind that makes {known.Contract!.Name}");
        if (known is { SystemsOptions: null, Contract: { } slot })
            return Refuse($"registers the component [{table}], which is the table of the slot {slot.Name}",
                "rename the component's table");
        if (PluginRegistry.IsEngines(table))
            return Refuse($"registers the component [{table}], which is a key of the engine",
                "rename the component's table");
        if (kind is null && known is not null)
            return Refuse($"registers the component [{table}] without a kind",
                $"name the kind: Component<{typeof(TOptions).Name}>(\"{table}\", \"...\")");
        return TableName().IsMatch(table)
            ? Add(new(table, kind, typeof(TOptions), null, null, origin.Name))
            : Refuse($"registers the component [{table}]",
                "a table's name is lowercase letters, digits and _, and starts with a letter");
    }

    public IRilsBuilder System(Stage stage, string name, Delegate body, Action<SystemOptions>? order = null)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(body);
        var options = new SystemOptions();
        order?.Invoke(options);
        systems.Add(new(stage, name, body, options, origin.Name));
        return this;
    }

    /// <summary>Calls the plugin's <c>Configure</c>. Where the plugin throws, the builder reports a problem and drops
    /// all registrations of the plugin.</summary>
    public void Configure()
    {
        try
        {
            origin.Plugin.Configure(this);
        }
        // A plugin's code can throw any exception.
        catch (Exception error)
        {
            kinds.Clear();
            systems.Clear();
            classes.Clear();
            services.Clear();
            problems.Add($"plugin {origin.Name} failed in Configure: {PluginFailure.Cause(error)}",
                origin.Where, PluginFailure.Advice(error));
        }
        closed = true;
        Provider = new PluginServices(origin, loggers, problems).Build(services);
        if (Provider is not null) Prepare(Provider);
    }

    void Prepare(ServiceProvider provider)
    {
        foreach (var (entry, made) in classes)
            if (made.Prepare(provider) is { } mistake)
                problems.Add(
                    $"plugin {origin.Name} registers {entry.Title} by {mistake.What}", origin.Where, mistake.Fix);
    }

    /// <summary>Finds the slot of a kind. Returns null and reports a problem where no slot has values of this type, or
    /// where the slot has another context.</summary>
    Slots.Slot? SlotOf<TContext, TSlot>(string kind)
    {
        var slot = slots.All.FirstOrDefault(slot => slot.Contract == typeof(TSlot));
        if (slot is null)
            Refuse($"registers kind \"{kind}\" of {typeof(TSlot).Name}, which is not a slot",
                $"the slots are {string.Join(", ", slots.All.Select(known => known.Contract?.Name).OfType<string>())}; "
                + "anything else is a component with systems");
        else if (slot.Context != typeof(TContext))
            Refuse($"registers [{slot.Table}] kind \"{kind}\" with a factory that takes {typeof(TContext).Name}",
                $"take {slot.Context!.Name}, the context of this slot");
        return slot?.Context == typeof(TContext) ? slot : null;
    }

    PluginBuilder Add(KindEntry entry)
    {
        ThrowIfClosed();
        if (entry.Kind is { } kind && (kind == "none" || !KindName().IsMatch(kind)))
            return Refuse($"registers {entry.Title}",
                "a kind's name is lowercase letters, digits, - and _; \"none\" drops the table from an arm");
        kinds.Add(entry);
        return this;
    }

    PluginBuilder Refuse(string what, string fix)
    {
        ThrowIfClosed();
        problems.Add($"plugin {origin.Name} {what}", origin.Where, fix);
        return this;
    }

    void ThrowIfClosed()
    {
        if (closed)
            throw new InvalidOperationException(
                $"plugin {origin.Name} registers something after Configure has returned");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex TableName();

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*$")]
    private static partial Regex KindName();
}
