namespace Rils.Engine.Datasets;

/// <summary>How far a command has come with some data.</summary>
/// <param name="Done">Number of samples that are done.</param>
/// <param name="Of">Number of all samples.</param>
/// <param name="Bytes">Bytes of the images that this command read so far.</param>
public readonly record struct DataProgress(int Done, int Of, long Bytes);
