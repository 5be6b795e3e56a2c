using Alice;
using Rils.WebDataset;

[assembly: RequiresPlugin("Rils.Layers", "[0.1,1.0)")]
[assembly: RequiresPlugin("Rils.WebDataset", "[0.1,1.0)")]
[assembly: RequiresPlugin("alice", "[1.0,2.0)")]

namespace Fixture.Builder;

/// <summary>Registers kinds that are made of other plugins' classes.</summary>
public sealed class BuilderPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Source<WebDatasetOptions>(
            "every-second", static (options, context) => new EverySecond(new WebDatasetSource(context, options)))
        .Decoder<LionOptions>("one-block", static (_, context) => new OneBlock(context))
        .Optimizer<LionOptions>("slow-lion", static (options, _) => new SlowLion(new Lion(options)));
}
