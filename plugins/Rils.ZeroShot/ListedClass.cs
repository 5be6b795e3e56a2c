namespace Rils.ZeroShot;

/// <summary>A class in a list of phrases.</summary>
/// <param name="Phrase">The phrase that templates take.</param>
/// <param name="Name">The name that the list gives the class beside its phrase; null where it gives none.</param>
sealed record ListedClass(string Phrase, string? Name);
