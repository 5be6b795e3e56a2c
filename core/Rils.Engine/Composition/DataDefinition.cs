using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Slots;

namespace Rils.Engine.Composition;

/// <summary>The data as the file gives it.</summary>
/// <param name="Settings">The settings that every source has.</param>
/// <param name="TrainSpan">The place of <c>train</c>.</param>
/// <param name="Source">The kind of source, for training and evaluation data alike.</param>
/// <param name="Tables">The tables within <c>[data]</c>, by their keys; <c>augmentation</c> is always among
/// them.</param>
sealed record DataDefinition(
    DataSettings Settings, SourceSpan TrainSpan, BoundTable Source, IReadOnlyDictionary<string, BoundTable> Tables)
{
    /// <summary>Names the training data, for messages and for the record of the run.</summary>
    public string Name => NameOf(Settings.Train);

    /// <summary>Names the data of some patterns.</summary>
    public static string NameOf(IReadOnlyList<string> patterns) => string.Join(", ", patterns);
}

/// <summary>A table that the data lacks, or that cannot be made: a mistake only where an arm reads its value.</summary>
/// <param name="Slot">The slot of <c>[data]</c> that would offer the value.</param>
/// <param name="Without">The place of <c>[data]</c> where it lacks the table; null where it has the table or is not
/// known.</param>
/// <param name="Unmade">The list that takes why the table's value cannot be made.</param>
sealed record DataLack(Slot Slot, SourceSpan? Without, Problems Unmade);
