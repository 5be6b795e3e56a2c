namespace Rils.Retrieval;

/// <summary>Options of <c>[[head]] kind = "retrieval"</c>, in which equal captions are one: no keys beside those of
/// every head.</summary>
public sealed record RetrievalOptions;
