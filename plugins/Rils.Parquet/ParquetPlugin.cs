[assembly: RequiresPlugin("Rils.Sources", "0.1")]

namespace Rils.Parquet;

/// <summary>Brings <c>[data] kind = "parquet"</c>.</summary>
public sealed class ParquetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Source<ParquetOptions, ParquetSource>("parquet");
}
