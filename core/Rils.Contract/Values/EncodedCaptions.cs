using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The drawn captions of the batch in the token ids of all arms, on the device of the lane. An arm's own are
/// its <see cref="CaptionTokens"/>.</summary>
/// <param name="ByEncoder">The ids by each arm's <see cref="CaptionEncoder"/>.</param>
public sealed record EncodedCaptions(IReadOnlyDictionary<CaptionEncoder, CaptionTokens> ByEncoder)
    : IUploaded<EncodedCaptions>
{
    /// <inheritdoc/>
    public EncodedCaptions Map(Func<Tensor, Tensor> each) =>
        new(ByEncoder.ToDictionary(own => own.Key, own => own.Value with { Tokens = each(own.Value.Tokens) }));
}
