[assembly: RequiresPlugin("Rils.Layers", "0.1")]

namespace Rils.Models;

/// <summary>Brings <c>[text] kind = "transformer"</c>.</summary>
public sealed class TextTransformerPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.TextEncoder<TextTransformerOptions>(
        "transformer", static (options, experiment) => new TextTransformer(options, experiment.VocabularySize));
}
