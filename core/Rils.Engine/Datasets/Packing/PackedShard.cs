namespace Rils.Engine.Datasets.Packing;

/// <summary>A shard that is finished.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Captioned">Number of samples with a caption.</param>
/// <param name="Labelled">Number of samples with a class.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Next">The number in the source that follows the shard's last sample.</param>
sealed record PackedShard(string Name, int Samples, int Captioned, int Labelled, long Bytes, int Next);
