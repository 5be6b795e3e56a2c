using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Finds the values that the systems of a plan read or make.</summary>
static class PlanReading
{
    /// <summary>Whether a system of the arm reads a type, requires it, or makes it.</summary>
    public static bool Reads(this EntityPlan arm, Type type) => arm.Systems.Any(system =>
        system.Parameters.Any(parameter => parameter.Type == type && parameter.Access != Access.Follow));

    /// <summary>Whether a system of the engine makes a value in an arm.</summary>
    public static bool Makes<T>(this EntityPlan arm) => arm.Systems.Any(system =>
        system.Definition.Origin == PluginRegistry.Engine && system.Parameters.Contains(new(typeof(T), Access.Create)));

    /// <summary>The passes through the arm's backbone that systems of the engine make.</summary>
    /// <param name="arm">The arm's plan.</param>
    /// <param name="views">The number of views that the data makes of an image.</param>
    public static IEnumerable<BackbonePass> Passes(this EntityPlan arm, int views) =>
    [
        .. arm.Makes<ImageTokens>() ? new[] { BackbonePass.Images } : [],
        .. arm.Makes<VisibleTokens>() ? new[] { BackbonePass.Visible } : [],
        .. arm.Makes<ViewTokens>() ? Enumerable.Range(0, views).Select(BackbonePass.View) : [],
    ];

    /// <summary>Whether some arm reads augmented views; otherwise the host lane makes none.</summary>
    public static bool ReadsViews(this Plan plan) => plan.Arms.Any(arm => arm.Reads(typeof(AugmentedViews)));
}
