namespace Rils.Retrieval;

/// <summary>Options of <c>[[head]] kind = "retrieval"</c>: it has none of its own.</summary>
public sealed record RetrievalOptions;
