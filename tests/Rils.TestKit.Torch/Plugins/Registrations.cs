using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Tests.Plugins;

/// <summary>A builder that notes the registrations of a plugin.</summary>
sealed class Registrations : IRilsBuilder
{
    public Dictionary<string, Delegate> Kinds { get; } = [];

    public List<(string Table, string? Kind, Type Options)> Components { get; } = [];

    public Dictionary<string, (Stage Stage, Delegate Body)> Systems { get; } = [];

    public static Registrations Of(IPlugin plugin)
    {
        var registrations = new Registrations();
        plugin.Configure(registrations);
        return registrations;
    }

    public TSlot Make<TContext, TSlot>(string kind, object options, TContext context) =>
        (TSlot)Kinds[$"{typeof(TSlot).Name} {kind}"].DynamicInvoke(options, context)!;

    public IRilsBuilder Kind<TOptions, TContext, TSlot>(string kind, Func<TOptions, TContext, TSlot> make)
        where TOptions : class where TSlot : class
    {
        Kinds.Add($"{typeof(TSlot).Name} {kind}", make);
        return this;
    }

    public IRilsBuilder Component<TOptions>(string table, string? kind = null) where TOptions : class
    {
        Components.Add((table, kind, typeof(TOptions)));
        return this;
    }

    public IRilsBuilder System(Stage stage, string name, Delegate body, Action<SystemOptions>? order = null)
    {
        Systems.Add(name, (stage, body));
        return this;
    }
}
