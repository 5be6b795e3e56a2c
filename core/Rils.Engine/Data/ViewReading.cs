using Rils.Abstractions;
using Rils.Ecs;

namespace Rils.Engine.Data;

/// <summary>Whether a plan has a use for augmented views.</summary>
static class ViewReading
{
    /// <summary>Whether some arm reads them: else the host lane makes none.</summary>
    public static bool ReadsViews(this Plan plan) => plan.Arms.SelectMany(arm => arm.Systems)
        .Any(system => system.Parameters.Any(parameter => parameter.Type == typeof(AugmentedViews)));
}
