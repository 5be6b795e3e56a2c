using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The parts of a batch that arms need, which are known after the arms' modules are made, before the first
/// tick.</summary>
sealed class BatchShape : IShared
{
    /// <summary>The numbers of patches that arms have, each once.</summary>
    public IReadOnlyList<int> Patches { get; private set; } = [];

    /// <summary>The components that systems read of each sample.</summary>
    public ComponentReading Components { get; private set; } = ComponentReading.Nothing;

    /// <summary>Whether some arm reads augmented views.</summary>
    public bool HasViews { get; private set; }

    public void Complete(IEnumerable<PatchGrid> grids, ComponentReading reading, bool hasViews)
    {
        (Components, HasViews) = (reading, hasViews);
        Patches = [.. grids.Select(grid => grid.Count).Distinct().Order()];
    }
}
