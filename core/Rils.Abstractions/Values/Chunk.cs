using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>How many samples the models encode at a time; set where that is fewer than the batch. The losses see the whole batch, and their
/// gradients come back to one chunk after the other, each encoded again for it (GradCache; Gao et al. 2021, section 3).</summary>
/// <param name="Samples">At least 1.</param>
public sealed record Chunk(int Samples) : IShared
{
    /// <summary>Encodes a batch, on a CPU each core its part of the samples. Where neither the module nor the inputs want a gradient, nothing is
    /// kept for a backward pass, and nothing is encoded again in it. What is kept stays in the caller's dispose scope, which must not end before.</summary>
    /// <param name="chunk">Absent where the batch is encoded at once.</param>
    /// <param name="module">Holds all parameters that <paramref name="encode"/> uses.</param>
    /// <param name="encode">From inputs to an output for each sample, none looking at another. It is called on several threads at once; what else it captures is constant.</param>
    /// <param name="inputs"><c>[samples, ...]</c>.</param>
    /// <returns><c>[samples, ...]</c>.</returns>
    /// <exception cref="ContractException">What <paramref name="encode"/> returns has not a row for each sample; or the
    /// module has batch norm, and the chunk is smaller than the batch.</exception>
    public static Tensor Encode(Maybe<Chunk> chunk, nn.Module module, Func<Tensor[], Tensor> encode, params Tensor[] inputs)
    {
        var model = PartedModel.Of(module);
        using var constant = model.IsTrained || inputs.Any(input => input.requires_grad) ? null : no_grad();
        Tensor OnCores(Tensor[] given) => PartsCall.Run(model, encode, model.Parts(given[0]), given);
        if (!chunk.TryGet(out var size)) return OnCores(inputs);
        if (inputs[0].size(0) > size.Samples && model.Statistics.Moving is { } layer)
            throw new ContractException($"{Held.NameOf(module)}: {MovingStatistics.Refusal(layer, $"chunk = {size.Samples}", MovingStatistics.Parts)}");
        return Recompute.RunInParts(size.Samples, OnCores, inputs);
    }
}
