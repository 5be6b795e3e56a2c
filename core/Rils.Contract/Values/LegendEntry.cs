using System.Drawing;

namespace Rils.Contract;

/// <summary>A line of the legend of a picture.</summary>
/// <param name="Text">In words, so that nobody needs to see the colour.</param>
/// <param name="Colour">The colour that it explains; null where it explains none.</param>
public sealed record LegendEntry(string Text, Color? Colour = null);
