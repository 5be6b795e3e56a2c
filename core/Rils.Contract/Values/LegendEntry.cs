using System.Drawing;

namespace Rils.Contract;

/// <summary>A line of the legend of a picture.</summary>
/// <param name="Text">The meaning in words that are clear without the colour.</param>
/// <param name="Colour">The colour that the line explains; null where the line explains none.</param>
public sealed record LegendEntry(string Text, Color? Colour = null);
