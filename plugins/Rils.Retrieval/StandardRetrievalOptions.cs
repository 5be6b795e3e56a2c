namespace Rils.Retrieval;

/// <summary>Options of <c>[[head]] kind = "retrieval-standard"</c>: no keys beside those of every head. As COCO and
/// Flickr30k are judged, each of an image's first five captions is an entry of its own, equal or not; an image has
/// found any of its five, a caption its own image.</summary>
public sealed record StandardRetrievalOptions;
