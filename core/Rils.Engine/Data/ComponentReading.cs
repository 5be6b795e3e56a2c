using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The components of samples that the systems of a plan read.</summary>
/// <param name="OfSource">The types that the source must give, in the order of their names.</param>
/// <param name="DrawsCaptions">Whether some system reads the caption that the engine draws for a step.</param>
sealed record ComponentReading(IReadOnlySet<Type> OfSource, bool DrawsCaptions)
{
    /// <summary>Finds the components that the host lane must load.</summary>
    public static ComponentReading Of(Plan plan)
    {
        Type[] read = [.. plan.Shared.Systems.SelectMany(Read).Distinct()];
        return new(read.Select(Given).Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal).ToHashSet(),
            read.Contains(typeof(DrawnCaption)));
    }

    /// <summary>The types of the components that a system reads.</summary>
    public static IEnumerable<Type> Read(PlannedSystem system) => system.Parameters
        .Where(parameter => parameter.Access is Access.Read or Access.Require && Inside(parameter.Type) is not null)
        .Select(parameter => Inside(parameter.Type)!);

    /// <summary>The component of a source from which a component is made.</summary>
    public static Type Given(Type component) =>
        component == typeof(DrawnCaption) ? typeof(Captions) : component;

    static Type? Inside(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Components<>)
        ? type.GetGenericArguments()[0] : null;
}
