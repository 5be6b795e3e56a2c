namespace Rils.ZeroShot;

/// <summary>A class in a list of phrases.</summary>
/// <param name="Phrases">The phrases that templates take, at least one.</param>
/// <param name="Name">The name that the list gives the class beside its phrases; null where it gives none.</param>
sealed record ListedClass(IReadOnlyList<string> Phrases, string? Name);
