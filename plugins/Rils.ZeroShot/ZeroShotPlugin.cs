[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.ZeroShot;

/// <summary>Brings <c>[[head]] kind = "zero-shot"</c>.</summary>
public sealed class ZeroShotPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Head<ZeroShotOptions>("zero-shot", static (options, context) => new ZeroShotHead(options, context));
}
