using System.ComponentModel.DataAnnotations;

namespace Rils.LayerDecay;

/// <summary>The learning rate falls from layer to layer of the backbone, from the top down, as in MAE's fine-tuning: a
/// layer's rate is that of the layer above times the factor. Other parts of the arm (text, decoder, space) have the
/// rate of the top layer. The backbone's class token, registers and learned positions get no weight decay, as in MAE's
/// fine-tuning, which has no registers; without this table they are decayed, as in SLIP's trainer.</summary>
public sealed record LayerDecayOptions
{
    /// <summary>Factor from each layer to the one below: the learning rate of layer n of N is the schedule's times
    /// factor^(N - n). With 1 all layers have the same rate.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public required double Factor { get; init; }
}
