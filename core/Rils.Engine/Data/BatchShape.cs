using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The parts of a batch that arms need, which are known after the arms' modules are made, before the first
/// tick.</summary>
sealed class BatchShape : IShared
{
    /// <summary>The numbers of patches that arms have, each once.</summary>
    public IReadOnlyList<int> Patches { get; private set; } = [];

    /// <summary>The types of the components that sources must give, since systems read them of each sample.</summary>
    public IReadOnlySet<Type> Components { get; private set; } = new HashSet<Type>();

    /// <summary>Whether some system reads the caption that is drawn for a step.</summary>
    public bool DrawsCaptions { get; private set; }

    /// <summary>Whether some arm reads augmented views.</summary>
    public bool HasViews { get; private set; }

    public void Complete(IEnumerable<PatchGrid> grids, ComponentReading reading, bool hasViews)
    {
        (Components, DrawsCaptions, HasViews) = (reading.OfSource, reading.DrawsCaptions, hasViews);
        Patches = [.. grids.Select(grid => grid.Count).Distinct().Order()];
    }
}
