using static TorchSharp.torch;

namespace Fixture.Poison;

/// <summary>Brings a loss that is not a number from a step on, a head that throws on one arm, and masks.</summary>
public sealed class PoisonPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<PoisonMaskOptions>("poison_mask")
        .Objective<PoisonOptions>("poison").System(Stage.Objective, "poison", Loss)
        .Head<PoisonHeadOptions>("poison", static (options, context) => new PoisonHead(context.Arm == options.Arm))
        .System(Stage.Forward, "poison.mask", Mask);

    /// <summary>Makes masks without a <c>[masking]</c>.</summary>
    static void Mask(in PoisonMaskOptions options, in PatchShape shape, in MaskNoise noise, out PatchMask mask) =>
        mask = PatchMask.KeepSmallest(noise.For(shape.Grid), options.Visible);

    static void Loss(in PoisonOptions options, in Step step, in ImageEmbedding images, Append<LossTerm> losses) =>
        losses.Add(new(losses.Name, images.Vectors.sum() * (step.Number < options.From ? 0 : double.NaN)));
}
