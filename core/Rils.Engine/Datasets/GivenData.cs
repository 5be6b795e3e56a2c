namespace Rils.Engine.Datasets;

/// <summary>Data as a command line names it.</summary>
/// <param name="Paths">The paths, relative or absolute; patterns as in <c>train</c>.</param>
/// <param name="Kind">The kind of source; null where it follows from the paths.</param>
/// <param name="Sets">The kind's options, each as <c>key=value</c>.</param>
public sealed record GivenData(IReadOnlyList<string> Paths, string? Kind, IReadOnlyList<string> Sets);
