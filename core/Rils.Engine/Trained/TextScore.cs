namespace Rils.Engine.Trained;

/// <summary>How well a text fits an image.</summary>
/// <param name="Text">The text.</param>
/// <param name="Probability">The softmax over all texts of the logit scale times the cosines, 0 to 1.</param>
/// <param name="Cosine">The cosine of the image's and the text's vector, -1 to 1.</param>
public sealed record TextScore(string Text, double Probability, double Cosine);
