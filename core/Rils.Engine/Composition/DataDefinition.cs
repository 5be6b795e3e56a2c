using Rils.Configuration;
using Rils.Configuration.Settings;

namespace Rils.Engine.Composition;

/// <summary>The data as the file gives it.</summary>
/// <param name="Settings">What every source has.</param>
/// <param name="TrainSpan">Where <c>train</c> was written.</param>
/// <param name="Source">The kind of source, for training and evaluation data alike.</param>
/// <param name="Tokenizer">Null where the data has no text.</param>
/// <param name="Augmentation">From image files to pixels.</param>
/// <param name="Views">From image files to two augmented views; null where the file has no such table.</param>
sealed record DataDefinition(DataSettings Settings, SourceSpan TrainSpan, BoundTable Source, BoundTable? Tokenizer, BoundTable Augmentation, BoundTable? Views);
