using static TorchSharp.torch;

namespace Fixture.Poison;

/// <summary>Spoils an arm at a step.</summary>
public sealed class PoisonPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Objective<PoisonOptions>("poison").System(Stage.Objective, "poison", Loss);

    static void Loss(in PoisonOptions options, in Step step, in ImageEmbedding images, Append<LossTerm> losses) =>
        losses.Add(new(losses.Name, images.Vectors.sum() * (step.Number < options.From ? 0 : double.NaN)));
}
