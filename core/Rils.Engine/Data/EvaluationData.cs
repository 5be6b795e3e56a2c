using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>The data of an evaluation.</summary>
/// <param name="Patterns">The paths or patterns that name the data.</param>
/// <param name="Source">The samples.</param>
/// <param name="Reads">The types of the components that heads read beside the images.</param>
/// <param name="BadSamples">Counts and names the samples that are left out, for all arms and evaluations.</param>
sealed record EvaluationData(
    IReadOnlyList<string> Patterns, ISource Source, IReadOnlySet<Type> Reads, BadSamples BadSamples)
{
    /// <summary>The samples' numbers in the order of the source, without repeats; null where there are no
    /// repeats.</summary>
    readonly int[]? once = Repeats.NumbersOnce(Source);

    /// <summary>Number of samples, repeats left out.</summary>
    public int Count => once?.Length ?? Source.Count;

    /// <summary>The number in the source of the sample at a place.</summary>
    public int NumberAt(int place) => once?[place] ?? place;
}
