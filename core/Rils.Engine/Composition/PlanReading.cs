using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>What a plan's systems have a use for.</summary>
static class PlanReading
{
    /// <summary>Whether a system of the arm reads a type.</summary>
    public static bool Reads<T>(this EntityPlan arm) => arm.Systems.Any(system => system.Parameters.Any(parameter => parameter.Type == typeof(T)));

    /// <summary>Whether some arm reads augmented views: else the host lane makes none.</summary>
    public static bool ReadsViews(this Plan plan) => plan.Arms.Any(arm => arm.Reads<AugmentedViews>());
}
