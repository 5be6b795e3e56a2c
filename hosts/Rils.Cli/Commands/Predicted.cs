namespace Rils.Cli.Commands;

/// <summary>A line of what <c>rils predict</c> prints.</summary>
/// <param name="Image">The path of the image.</param>
/// <param name="Text">The text.</param>
/// <param name="Probability">The text's share among all texts, 0 to 1.</param>
/// <param name="Cosine">The cosine of the image's and the text's vector.</param>
sealed record Predicted(string Image, string Text, double Probability, double Cosine);
