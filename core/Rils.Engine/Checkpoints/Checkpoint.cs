using Rils.Engine.Files;
using static TorchSharp.torch;

namespace Rils.Engine.Checkpoints;

/// <summary>A complete checkpoint on disk.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="State">What it says beside its tensors.</param>
sealed record Checkpoint(string Folder, CheckpointState State)
{
    /// <summary>An arm's tensors by State and name; they belong to the caller's dispose scope.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Dictionary<string, Tensor> Read(string arm) => SafeTensors.Read(ArmFile(Folder, arm));

    public static string ArmFile(string folder, string arm) => Path.Combine(folder, $"{arm}.safetensors");
}
