namespace Rils.Engine.Runs;

/// <summary>What an arm's passes worked on in one step.</summary>
/// <param name="TextTokens">Length of the captions, padded, in tokens; 0 where there are none.</param>
/// <param name="SelectedShare">Share of the images that had a masked pass, 0 to 1.</param>
public sealed record PassSizes(int TextTokens, double SelectedShare);
