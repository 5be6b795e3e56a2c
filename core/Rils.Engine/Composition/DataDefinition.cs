using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Slots;

namespace Rils.Engine.Composition;

/// <summary>The data as the file gives it.</summary>
/// <param name="Settings">What every source has.</param>
/// <param name="TrainSpan">Where <c>train</c> was written.</param>
/// <param name="Source">The kind of source, for training and evaluation data alike.</param>
/// <param name="Tables">Its tables that are there, by their keys in <c>[data]</c>: <c>augmentation</c> always.</param>
sealed record DataDefinition(
    DataSettings Settings, SourceSpan TrainSpan, BoundTable Source, IReadOnlyDictionary<string, BoundTable> Tables);

/// <summary>An offer that the data does not make: a mistake only where an arm reads it.</summary>
/// <param name="Slot">The slot of <c>[data]</c> that would make it.</param>
/// <param name="Without">Where the data is that has no such table; null where it has one, or is not known.</param>
/// <param name="Unmade">Gets why what the table names cannot be made.</param>
sealed record DataLack(Slot Slot, SourceSpan? Without, Problems Unmade);
