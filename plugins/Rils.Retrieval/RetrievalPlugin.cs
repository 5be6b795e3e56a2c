[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.Retrieval;

/// <summary>Brings <c>[[head]] kind = "retrieval"</c> and <c>"retrieval-standard"</c>.</summary>
public sealed class RetrievalPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Head<RetrievalOptions>("retrieval", static (_, context) => new RetrievalHead(context))
        .Head<StandardRetrievalOptions>("retrieval-standard",
            static (_, context) => new RetrievalHead(context, isStandard: true));
}
