using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The components of samples that the systems of a plan read.</summary>
/// <param name="Wanted">The types that the source must decode, in the order of their names.</param>
/// <param name="Needed">The types of these that every sample must have.</param>
/// <param name="DrawsCaptions">Whether some system reads the caption that the engine draws for a step.</param>
sealed record ComponentReading(IReadOnlySet<Type> Wanted, IReadOnlySet<Type> Needed, bool DrawsCaptions)
{
    /// <summary>Nothing beside the images.</summary>
    public static ComponentReading Nothing { get; } = new(new HashSet<Type>(), new HashSet<Type>(), false);

    /// <summary>Finds the components that the host lane must load.</summary>
    public static ComponentReading Of(Plan plan)
    {
        Type[] needed = [.. plan.Shared.Systems.SelectMany(system => Read(system, typeof(Components<>)))],
            wanted = [.. plan.Shared.Systems.SelectMany(Read)];
        return new(Given(wanted), Given(needed), needed.Contains(typeof(DrawnCaption)));
    }

    /// <summary>The types of the components that a system reads.</summary>
    public static IEnumerable<Type> Read(PlannedSystem system) =>
        Read(system, typeof(Components<>)).Concat(Read(system, typeof(OptionalComponents<>)));

    /// <summary>The component of a source from which a component is made.</summary>
    public static Type Given(Type component) => component == typeof(DrawnCaption) ? typeof(Captions) : component;

    static HashSet<Type> Given(IEnumerable<Type> read) =>
        read.Select(Given).Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal).ToHashSet();

    static IEnumerable<Type> Read(PlannedSystem system, Type generic) =>
        from parameter in system.Parameters
        where parameter.Access is Access.Read or Access.ReadMaybe or Access.Require
        where parameter.Type.IsGenericType && parameter.Type.GetGenericTypeDefinition() == generic
        select parameter.Type.GetGenericArguments()[0];
}
