using Rils.Engine.Datasets;

namespace Rils.Engine.Trained;

/// <summary>The result of embedding some data.</summary>
/// <param name="Images">The file of the images' vectors.</param>
/// <param name="Captions">The file of the captions' vectors; null where there are none.</param>
/// <param name="Bad">The samples that were left out.</param>
public sealed record EmbeddedData(EmbeddingFile Images, EmbeddingFile? Captions, IReadOnlyList<BadRead> Bad);
