using System.Reflection;

namespace Rils.Scheduling;

/// <summary>A type that a system names, and what the system does with it: a parameter of the method, or a type in the
/// system's options.</summary>
/// <param name="Type">The type; for <c>Maybe</c>, <c>Collected</c> and <c>Append</c> the type inside.</param>
/// <param name="Access">Whether the system reads, updates, makes, appends, collects, requires or follows the
/// type.</param>
public sealed record SystemParameter(Type Type, Access Access)
{
    /// <summary>Whether the method gets the value: options name types that the method does not get.</summary>
    internal bool IsArgument => Access is not (Access.Require or Access.Follow);

    internal static SystemParameter Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()!
            : parameter.ParameterType;
        var reads = !parameter.ParameterType.IsByRef || parameter.IsIn;
        if (Inside(type, typeof(Maybe<>)) is { } maybe) return new(maybe, Access.ReadMaybe) { IsMadeWrapper = !reads };
        if (Inside(type, typeof(Collected<>)) is { } collected)
            return new(collected, Access.Collect) { IsMadeWrapper = !reads };
        if (Inside(type, typeof(Append<>)) is { } append) return new(append, Access.Append) { IsMadeWrapper = !reads };
        return new(type, reads ? Access.Read : parameter.IsOut ? Access.Create : Access.Update);
    }

    /// <summary>Whether a system takes <c>Maybe</c>, <c>Collected</c> or <c>Append</c> by <c>ref</c> or <c>out</c>: a
    /// mistake.</summary>
    internal bool IsMadeWrapper { get; private init; }

    /// <summary>The State that the type looks into; null for a type that is no view.</summary>
    internal Type? BackingState => Inside(
        Type.GetInterfaces().FirstOrDefault(i => Inside(i, typeof(IBackedBy<>)) is not null), typeof(IBackedBy<>));

    static Type? Inside(Type? type, Type generic) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == generic
            ? type.GetGenericArguments()[0] : null;
}
