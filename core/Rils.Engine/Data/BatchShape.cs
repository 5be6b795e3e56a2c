using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The parts of a batch that arms need, which are known after the arms' modules are made, before the first
/// tick.</summary>
sealed class BatchShape : IShared
{
    /// <summary>The numbers of patches that arms have, each once.</summary>
    public IReadOnlyList<int> Patches { get; private set; } = [];

    /// <summary>The longest context of the arms, in tokens; 0 where no arm has text.</summary>
    public int Context { get; private set; }

    /// <summary>Whether some arm reads augmented views.</summary>
    public bool HasViews { get; private set; }

    public void Complete(IEnumerable<PatchShape> images, IEnumerable<TextShape> texts, bool hasViews)
    {
        HasViews = hasViews;
        Patches = [.. images.Select(image => image.Grid.Count).Distinct().Order()];
        Context = texts.Select(text => text.Context).DefaultIfEmpty(0).Max();
    }
}
