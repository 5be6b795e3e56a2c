namespace Rils.Scheduling;

/// <summary>A system as it was registered.</summary>
/// <param name="Stage">The stage in which it runs.</param>
/// <param name="Name">The system's name, unique among the systems of its origin; a name of the engine's is the
/// engine's alone.</param>
/// <param name="Body">The method; its parameters say which types the system reads, updates and makes.</param>
/// <param name="Options">Order and run conditions.</param>
/// <param name="Origin">The name of the plugin that registered the system; <c>engine</c> for the engine's own.</param>
public sealed record SystemDefinition(Stage Stage, string Name, Delegate Body, SystemOptions Options, string Origin)
{
    /// <summary>The origin of the engine's own systems.</summary>
    public const string Engine = "engine";

    /// <summary>The beginning of the names of this project's own plugins.</summary>
    const string Ours = "Rils.";

    /// <summary>Whether a plugin is this project's own, or the engine: no author of another plugin can edit its
    /// systems.</summary>
    /// <param name="origin">The plugin's name, whose case does not count.</param>
    /// <returns>True for the engine, and for a plugin whose name begins with <c>Rils.</c>.</returns>
    public static bool IsOurs(string origin) =>
        origin == Engine || origin.StartsWith(Ours, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the system belongs to the engine or to one of this project's own plugins.</summary>
    internal bool IsOfOurs => IsOurs(Origin);

    /// <summary>The types that the system names: those of the method's parameters, in their order, then those that the
    /// options require, then those that they follow.</summary>
    public IReadOnlyList<SystemParameter> Parameters
    {
        get
        {
            SystemParameter[] method =
                [.. Body.GetType().GetMethod("Invoke")!.GetParameters().Select(SystemParameter.Of)];
            var asked = Options.Conditions.Select(condition => condition.Component)
                .Where(type => method.All(parameter => parameter != new SystemParameter(type, Access.Read)));
            return
            [
                .. method, .. Uses(Options.RequiredTypes.Concat(asked), Access.Require),
                .. Uses(Options.FollowedTypes, Access.Follow),
            ];
        }
    }

    static IEnumerable<SystemParameter> Uses(IEnumerable<Type> types, Access access) =>
        types.Distinct().Select(type => new SystemParameter(type, access));
}
