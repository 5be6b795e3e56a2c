using System.Reflection;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>The engine's systems that exist for each type which other systems name: one takes a component out of each
/// sample, two bring a prepared value to the devices.</summary>
static class TypedSystems
{
    /// <summary>Makes the systems for all types that some systems name.</summary>
    public static IEnumerable<SystemDefinition> For(IReadOnlyList<SystemDefinition> systems)
    {
        Type[] named = [.. systems.SelectMany(system => system.Parameters).Select(parameter => parameter.Type)
            .Distinct()];
        return
        [
            .. Each(named, typeof(Components<>), Stage.Prepare, "sample", nameof(Component)),
            .. Each(named, typeof(OptionalComponents<>), Stage.Prepare, "optional", nameof(Optional)),
            .. Each(named, typeof(Prepared<>), Stage.Prepare, "pin", nameof(Pin)),
            .. Each(named, typeof(Prepared<>), Stage.Forward, "upload", nameof(Upload)),
        ];
    }

    /// <summary>Makes systems that read, and do nothing with, all prepared values of a plan: with them a world without
    /// arms makes the same frames.</summary>
    public static IEnumerable<SystemDefinition> Ends(Plan plan) =>
        Each(plan.Shared.Systems.SelectMany(system => system.Parameters).Select(parameter => parameter.Type).Distinct(),
            typeof(Pinned<>), Stage.Forward, "end", nameof(End));

    static IEnumerable<SystemDefinition> Each(
        IEnumerable<Type> named, Type generic, Stage stage, string verb, string body)
    {
        var method = typeof(TypedSystems).GetMethod(body, BindingFlags.Static | BindingFlags.NonPublic)!;
        var inside = named.Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == generic)
            .Select(type => type.GetGenericArguments()[0]).ToArray();
        return from type in inside
               let isLone = inside.Count(other => other.Name == type.Name) == 1
               select new SystemDefinition(stage, $"{verb}.{(isLone ? type.Name : type.FullName)}",
                   (Delegate)method.MakeGenericMethod(type).Invoke(null, null)!, new(), PluginRegistry.Engine);
    }

    static Delegate Component<T>() where T : class => LoaderSystems.Component<T>;

    static Delegate Optional<T>() where T : class => LoaderSystems.Optional<T>;

    static Delegate Pin<T>() where T : class, IUploaded<T> => LoaderSystems.Pin<T>;

    static Delegate End<T>() where T : class, IUploaded<T> => static (in Pinned<T> _) => { };

    static Delegate Upload<T>() where T : class, IUploaded<T> => UploadSystems.Value<T>;
}
