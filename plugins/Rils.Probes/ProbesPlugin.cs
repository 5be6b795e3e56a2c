[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.Probes;

/// <summary>Brings <c>[[head]] kind = "knn"</c> and <c>kind = "linear"</c>.</summary>
public sealed class ProbesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Head<KnnOptions>("knn", static (options, context) => new KnnHead(options, context))
        .Head<LinearOptions>("linear", static (options, context) => new LinearHead(options, context));
}
