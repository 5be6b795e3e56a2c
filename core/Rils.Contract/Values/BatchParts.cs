using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>How a batch is cut on a CPU: into parts of equally many samples, each computed by one thread from its first
/// operation to its last. Gradients of the parts are added in a fixed binary tree, so bits depend on the number of
/// parts and not on the number of cores. On CUDA a batch is one part.</summary>
/// <param name="Count">Parts of a batch, at least 1: <c>[compute] parts</c>.</param>
/// <param name="Chunk">Samples that the models encode at a time, of all parts together; null: the batch. The losses see
/// the whole batch, and their gradients come back to one chunk after the other, each encoded again for it (GradCache;
/// Gao et al. 2021, section 3).</param>
public sealed record BatchParts(int Count, int? Chunk = null) : IShared
{
    /// <summary>Encodes a batch, a part on each core. Where neither the module nor the inputs want a gradient, nothing
    /// is kept for a backward pass, and nothing is encoded again in it. Everything kept stays in the caller's dispose
    /// scope, which must not end before the backward pass.</summary>
    /// <param name="module">Holds all parameters that <paramref name="encode"/> uses.</param>
    /// <param name="encode">From inputs to an output for each sample, none looking at another. Several threads call it
    /// at once, each for some of the samples; other tensors that it captures are constants.</param>
    /// <param name="inputs"><c>[samples, ...]</c>.</param>
    /// <returns><c>[samples, ...]</c>.</returns>
    /// <exception cref="ContractException"><paramref name="encode"/> does not return a row for each sample; or the
    /// module has batch norm, and the chunk is smaller than the batch.</exception>
    public Tensor Encode(nn.Module module, Func<Tensor[], Tensor> encode, params Tensor[] inputs)
    {
        var model = PartedModel.Of(module);
        if (Chunk is not { } chunk) return Run(model, encode, encode, inputs, []);
        if (inputs[0].size(0) > chunk && model.Statistics.Moving is { } layer)
            throw new ContractException($"{Held.NameOf(module)}: "
                + $"{MovingStatistics.Refusal(layer, $"chunk = {chunk}", MovingStatistics.Parts)}");
        var size = Math.Max(1, chunk / model.Parts(inputs[0], Count));
        return Run(model, encode, given => Recompute.RunInParts(size, encode, given), inputs, []);
    }

    /// <summary>As <see cref="Encode"/>, for work that is never cut into chunks: losses of single samples,
    /// projections.</summary>
    /// <param name="module">Holds all parameters that <paramref name="function"/> uses; null where it uses
    /// none.</param>
    /// <param name="function">Gets a part's rows of each input of <paramref name="rows"/>, then the whole inputs;
    /// returns a new tensor with as many rows.</param>
    /// <param name="rows">Inputs <c>[samples, ...]</c>, all of equally many rows.</param>
    /// <param name="whole">Inputs that every part needs as a whole; their gradients are added in the same tree.</param>
    /// <returns><c>[samples, ...]</c>.</returns>
    public Tensor Run(nn.Module? module, Func<Tensor[], Tensor> function, Tensor[] rows, params Tensor[] whole) =>
        Run(PartedModel.Of(module), function, function, rows, whole);

    /// <summary>Parts of a batch on a device.</summary>
    public int On(Device device) => device.type == TorchSharp.DeviceType.CPU ? Count : 1;

    /// <summary>Operations that the calling thread starts from now on take as many OpenMP threads as a batch has parts,
    /// whatever the machine has: for work on a whole batch.</summary>
    internal void TakeThreads() => OpenMp.Take(Count);

    Tensor Run(PartedModel model, Delegate pass, Func<Tensor[], Tensor> function, Tensor[] rows, Tensor[] whole)
    {
        using var constant = model.IsTrained || rows.Concat(whole).Any(input => input.requires_grad) ? null : no_grad();
        return PartsCall.Run(model, pass, function, model.Parts(rows[0], Count), rows, whole);
    }
}
