namespace Rils.Engine.Datasets.Packing;

/// <summary>The shards that packing made.</summary>
/// <param name="Train">Number of training samples.</param>
/// <param name="TrainShards">Number of training shards.</param>
/// <param name="Val">Number of validation samples.</param>
/// <param name="ValShards">Number of validation shards.</param>
/// <param name="Bytes">Size of all shards.</param>
/// <param name="Bad">The samples that were left out.</param>
/// <param name="Classes">Number of classes in <c>classes.json</c>; 0 where the data does not name its classes.</param>
/// <param name="Captioned">Number of packed samples with a caption.</param>
/// <param name="Labelled">Number of packed samples with a class.</param>
/// <param name="Warnings">Sentences about the parts of the data that the shards do not hold.</param>
public sealed record PackResult(int Train, int TrainShards, int Val, int ValShards, long Bytes,
    IReadOnlyList<BadRead> Bad, int Classes, int Captioned, int Labelled, IReadOnlyList<string> Warnings);
