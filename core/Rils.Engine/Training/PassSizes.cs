namespace Rils.Engine.Training;

/// <summary>The sizes of the inputs that an arm's passes had in one step.</summary>
/// <param name="CaptionLengths">The number of tokens of each caption; empty where the step has no captions.</param>
/// <param name="SelectedShare">The share of the images that the masked pass took, 0 to 1.</param>
/// <param name="CaptionParts">The number of parts of the batch, in each of which captions are grouped by their lengths;
/// null where the device takes all captions as one group.</param>
/// <param name="Visible">The number of visible patches of each image; null where the arm made no mask.</param>
public sealed record PassSizes(
    IReadOnlyList<int> CaptionLengths, double SelectedShare, int? CaptionParts, int? Visible = null);
