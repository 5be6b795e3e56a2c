using Rils.Contract;
using Rils.Engine.Training;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Checkpoints;

/// <summary>Writes all tensors of an arm's State to a file, and reads them back. The caller runs these methods on the
/// arm's device thread.</summary>
static class ArmState
{
    /// <summary>Refuses State that is not finite, so that no checkpoint keeps it.</summary>
    /// <exception cref="InvalidOperationException">A tensor holds a number that is not finite.</exception>
    public static void Check(Runner runner, Entity arm)
    {
        // A module may make a buffer with infinite numbers: an attention mask.
        HashSet<Tensor> buffers = new(runner.Find<Weights>(arm)!.Buffers.Values
            .Concat(runner.Find<WeightAverage>(arm)?.Values.Buffers.Values ?? []), ReferenceEqualityComparer.Instance);
        foreach (var (name, tensor) in Tensors(runner, arm))
            if (!IsFinite(tensor, orInfinite: buffers.Contains(tensor)))
                throw new InvalidOperationException($"{name} holds a number that is not finite: {MetricLog.Remedy}");
    }

    public static void Write(Runner runner, Entity arm, string file) => SafeTensors.Write(file, Tensors(runner, arm));

    /// <exception cref="InvalidDataException">The checkpoint does not hold exactly this arm's tensors.</exception>
    public static void Restore(Runner runner, Entity arm, Checkpoint checkpoint)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        var (mine, saved) = (Tensors(runner, arm), checkpoint.Read(arm.Name));
        foreach (var name in mine.Keys.Concat(saved.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var (target, source) = (mine.GetValueOrDefault(name), saved.GetValueOrDefault(name));
            if (target is null || source is null || !target.shape.SequenceEqual(source.shape)
                || target.dtype != source.dtype)
                throw new InvalidDataException($"{checkpoint.Folder}: {name} of arm {arm.Name} is {Show(source)} in "
                    + $"the checkpoint and {Show(target)} in the experiment\n"
                    + "remove the folder to go on from an earlier checkpoint");
            target.copy_(source);
        }
        runner.Find<Weights>(arm)!.CastToBf16();
        runner.Find<Weights>(arm)!.RoundFrozen();
    }

    static SortedDictionary<string, Tensor> Tensors(Runner runner, Entity arm)
    {
        SortedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach (var (state, value) in runner.States(arm))
            if (value is ICheckpointed checkpointed)
                foreach (var (name, tensor) in checkpointed.Tensors) tensors.Add($"{state}/{name}", tensor);
        return tensors;
    }

    static bool IsFinite(Tensor tensor, bool orInfinite)
    {
        if (!tensor.is_floating_point()) return true;
        using var scope = NewDisposeScope();
        // Device synchronisation, for each tensor of a checkpoint.
        return (orInfinite ? tensor.isnan().logical_not() : tensor.isfinite()).all().item<bool>();
    }

    static string Show(Tensor? tensor) =>
        tensor is null ? "absent" : $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
