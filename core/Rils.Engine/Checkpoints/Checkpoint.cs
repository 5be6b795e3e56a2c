using Rils.Engine.WeightFiles;
using Rils.Files;
using static TorchSharp.torch;

namespace Rils.Engine.Checkpoints;

/// <summary>A complete checkpoint on disk.</summary>
/// <param name="Folder">The path of the checkpoint's folder.</param>
/// <param name="State">The content of <c>state.json</c>: all but the tensors.</param>
sealed record Checkpoint(string Folder, CheckpointState State)
{
    /// <summary>Reads an arm's tensors.</summary>
    /// <returns>The tensors by the names of their State and their own, with a slash between. They belong to the
    /// caller's dispose scope.</returns>
    /// <exception cref="InvalidDataException">The arm's file is missing or damaged.</exception>
    public Dictionary<string, Tensor> Read(string arm)
    {
        try
        {
            var file = ArmFile(Folder, arm);
            if (FileHash.Of(file) != State.Sha256[arm])
                throw new InvalidDataException($"{file} is damaged, or state.json beside it: its SHA-256 is another");
            return SafeTensors.Read(file);
        }
        catch (Exception damage) when (damage is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidDataException(
                $"{damage.Message}\nremove {Folder} to go on from an earlier checkpoint", damage);
        }
    }

    public static string ArmFile(string folder, string arm) => Path.Combine(folder, $"{arm}.safetensors");
}
