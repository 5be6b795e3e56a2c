namespace Rils.Retrieval;

/// <summary>Options of <c>[[head]] kind = "retrieval-standard"</c>, as COCO and Flickr30k are judged: each of an
/// image's first five captions is an entry of its own, whether others are equal or not; an image has found one of them,
/// a caption its own image. No keys beside those of every head.</summary>
public sealed record StandardRetrievalOptions;
