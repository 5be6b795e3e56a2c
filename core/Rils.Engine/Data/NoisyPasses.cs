using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The passes of the arms' backbones that take noise, which are known after the arms' modules are made, before
/// the first tick.</summary>
sealed class NoisyPasses : IShared
{
    /// <summary>Each pass with each shape of noise that some arm's backbone takes in it, each once.</summary>
    public IReadOnlyList<(BackbonePass Pass, NoiseShape Shape)> All { get; private set; } = [];

    public void Complete(IEnumerable<(BackbonePass Pass, NoiseShape Shape)> all) => All = [.. all.Distinct()];
}
