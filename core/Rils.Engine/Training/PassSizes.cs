namespace Rils.Engine.Training;

/// <summary>What an arm's passes worked on in one step.</summary>
/// <param name="CaptionLengths">Tokens of each caption; empty where there are none.</param>
/// <param name="SelectedShare">Share of the images that had a masked pass, 0 to 1.</param>
/// <param name="CaptionParts">Parts of the batch, in each of which captions are grouped by their lengths; null where
/// the device takes them as one group.</param>
/// <param name="Visible">Visible patches of each image, as its mask had them; null without one.</param>
public sealed record PassSizes(
    IReadOnlyList<int> CaptionLengths, double SelectedShare, int? CaptionParts, int? Visible = null);
