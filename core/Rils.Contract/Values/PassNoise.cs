using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's noise for passes of backbones, on the device of the lane. Arms whose backbones take noise of
/// the same shape get the same noise, whatever they do with it.</summary>
/// <param name="ByPass">For each pass and shape that an arm has: uniform in [0, 1), fp32
/// <c>[batch, blocks, branches]</c>. All arms read these tensors: do not change them.</param>
public sealed record PassNoise(IReadOnlyDictionary<(BackbonePass Pass, NoiseShape Shape), Tensor> ByPass)
    : IUploaded<PassNoise>
{
    /// <inheritdoc/>
    public PassNoise Map(Func<Tensor, Tensor> each) =>
        new(ByPass.ToDictionary(own => own.Key, own => each(own.Value)).AsReadOnly());

    /// <summary>Finds the noise for a pass of an arm's backbone.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="backbone">The arm's backbone.</param>
    /// <returns>Uniform in [0, 1), fp32 <c>[batch, blocks, branches]</c>, row by row the samples of the batch; null for
    /// a backbone that takes no noise. All arms read this tensor: do not change it.</returns>
    /// <exception cref="KeyNotFoundException">No arm has such a pass.</exception>
    public Tensor? For(BackbonePass pass, Backbone backbone) =>
        backbone is INoisyBackbone { Noise: { } shape } ? ByPass[(pass, shape)] : null;
}
