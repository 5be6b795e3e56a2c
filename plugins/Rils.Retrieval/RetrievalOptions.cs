namespace Rils.Retrieval;

/// <summary>Options of <c>[[head]] kind = "retrieval"</c>: no keys beside those of every head. All captions of an image
/// count, and equal ones (but for case and white space) are one entry of the gallery, with all their images as right
/// answers: in noisy data many images share a caption.</summary>
public sealed record RetrievalOptions;
