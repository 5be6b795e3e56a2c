[assembly: RequiresPlugin("Rils.Layers", "0.1")]

namespace Rils.Models;

/// <summary>Brings <c>[decoder] kind = "mae"</c>.</summary>
public sealed class MaskedDecoderPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Decoder<MaskedDecoderOptions>("mae", static (options, context) => new MaskedDecoder(options, context));
}
