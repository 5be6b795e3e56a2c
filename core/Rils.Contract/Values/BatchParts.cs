using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>How a batch is cut on a CPU: into parts of about equally many samples, each computed by one thread from its
/// first operation to its last. Gradients of the parts are added in a fixed binary tree, so the bits of a sum depend on
/// the number of parts and not on the number of cores. On CUDA a batch is one part.</summary>
/// <param name="Count">The number of parts of a batch, at least 1: <c>[compute] parts</c>.</param>
/// <param name="Chunk">The number of samples, over all parts together, that a model encodes at a time:
/// <c>[data] chunk</c>. Null for the whole batch. The losses see the whole batch; their gradients go back to one chunk
/// after the other, which the model encodes again for its backward pass (GradCache; Gao et al. 2021).</param>
public sealed record BatchParts(int Count, int? Chunk = null) : IShared
{
    /// <summary>Encodes a batch, a part on each core. Where neither the module nor the inputs want a gradient, nothing
    /// is kept for a backward pass. Everything kept stays in the caller's dispose scope, which must not end before the
    /// backward pass. A pass can go backward once.</summary>
    /// <param name="module">The module that holds all parameters that <paramref name="encode"/> uses.</param>
    /// <param name="encode">Gets some rows of each input, in the order of <paramref name="inputs"/>, and returns a new
    /// tensor with as many rows; the result of a row must not depend on the rows beside it. Several threads call the
    /// function at once. No gradient goes to other tensors that it captures.</param>
    /// <param name="inputs">At least one tensor <c>[samples, ...]</c>, all with equally many rows.</param>
    /// <returns><c>[samples, ...]</c>: the results in the order of the samples.</returns>
    /// <exception cref="ContractException"><paramref name="encode"/> does not return a row for each sample; or the
    /// module has batch norm in training mode, and the chunk is smaller than the batch.</exception>
    public Tensor Encode(nn.Module module, Func<Tensor[], Tensor> encode, params Tensor[] inputs)
    {
        var model = PartedModel.Of(module);
        if (Chunk is not { } chunk) return Run(model, encode, encode, inputs, []);
        if (inputs[0].size(0) > chunk && model.Statistics.Moving is { } layer)
            throw new ContractException($"{Held.NameOf(module)}: "
                + $"{MovingStatistics.Refusal(layer, $"chunk = {chunk}", MovingStatistics.Parts)}");
        var size = Math.Max(1, chunk / model.Parts(inputs[0], Count));
        return Run(model, encode, given => ActivationCheckpoint.RunInParts(size, encode, given), inputs, []);
    }

    /// <summary>Does the same as <see cref="Encode"/> for work that is never cut into chunks: losses of single samples,
    /// projections.</summary>
    /// <param name="module">The module that holds all parameters that <paramref name="function"/> uses; null where the
    /// function uses none.</param>
    /// <param name="function">Gets a part's rows of each tensor of <paramref name="rows"/>, then the tensors of
    /// <paramref name="whole"/>; returns a new tensor with as many rows as the part has. Several threads call the
    /// function at once.</param>
    /// <param name="rows">At least one tensor <c>[samples, ...]</c>, all with equally many rows.</param>
    /// <param name="whole">Tensors of any shape that every part needs as a whole; their gradients are added in the same
    /// tree.</param>
    /// <returns><c>[samples, ...]</c>: the results in the order of the samples.</returns>
    /// <exception cref="ContractException"><paramref name="function"/> does not return a row for each
    /// sample.</exception>
    public Tensor Run(nn.Module? module, Func<Tensor[], Tensor> function, Tensor[] rows, params Tensor[] whole) =>
        Run(PartedModel.Of(module), function, function, rows, whole);

    /// <summary>Tells into how many parts a batch is cut on a device.</summary>
    /// <param name="device">The device.</param>
    /// <returns><see cref="Count"/> on a CPU, 1 on any other device.</returns>
    public int On(Device device) => device.type == TorchSharp.DeviceType.CPU ? Count : 1;

    /// <summary>Lets every later operation of the calling thread use as many OpenMP threads as a batch has parts,
    /// however many the machine has: for work on a whole batch.</summary>
    internal void TakeThreads() => OpenMp.Take(Count);

    Tensor Run(PartedModel model, Delegate pass, Func<Tensor[], Tensor> function, Tensor[] rows, Tensor[] whole)
    {
        using var constant = model.IsTrained || rows.Concat(whole).Any(input => input.requires_grad) ? null : no_grad();
        return PartsCall.Run(model, pass, function, model.Parts(rows[0], Count), rows, whole);
    }
}
