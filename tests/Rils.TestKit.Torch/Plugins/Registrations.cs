using Microsoft.Extensions.DependencyInjection;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Tests.Plugins;

/// <summary>A builder that notes the registrations of a plugin.</summary>
sealed class Registrations : IRilsBuilder
{
    public IServiceCollection Services { get; } = new ServiceCollection();

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
        where TOptions : class where TSlot : class => Kind<TOptions, TContext, TSlot, TSlot>(kind, make);

    public IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind, Func<TOptions, TContext, TKind> make)
        where TOptions : class where TSlot : class where TKind : class, TSlot
    {
        Kinds.Add($"{typeof(TSlot).Name} {kind}", make);
        return this;
    }

    /// <summary>Gives the constructor what it takes of options and context.</summary>
    public IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind)
        where TOptions : class where TSlot : class where TKind : class, TSlot =>
        Kind<TOptions, TContext, TSlot>(kind, static (options, context) =>
        {
            var constructor = typeof(TKind).GetConstructors().Single();
            return (TSlot)constructor.Invoke([.. constructor.GetParameters()
                .Select(taken => taken.ParameterType == typeof(TOptions) ? options : (object?)context)]);
        });

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
