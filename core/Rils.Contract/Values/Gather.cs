using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The number of processes whose semantics the losses have, however many really compute: the root key
/// <c>gather</c>. A loss that compares samples with each other reads it.</summary>
/// <remarks>Trainers of this field give each process an equal share of the batch, in order, and gather the features of
/// all. CLIP's and RILS's gather carries no gradient, so that a process compares its own features with constants, among
/// which are its own once more; the gradients of the processes are averaged. A gather that carries gradients, as
/// SimCLR's, gives the gradients of one process, and its loss need not read this value.</remarks>
/// <param name="Processes">The number of processes, at least 1, which divides the batch. With 1, a loss sees the batch
/// as it is, and everything has gradients.</param>
public sealed record Gather(int Processes) : IShared
{
    /// <summary>Whether gathered features have gradients: on one process alone.</summary>
    public bool IsAttached => Processes == 1;

    /// <summary>The features of the whole batch as each process has them after the gather.</summary>
    /// <param name="features">Features of any shape.</param>
    /// <returns>The features themselves on one process, else the same numbers without gradients.</returns>
    public Tensor Gathered(Tensor features) => IsAttached ? features : features.detach();

    /// <summary>Adds the numbers of each process's samples.</summary>
    /// <param name="values">A number for some samples of the batch, fp32 <c>[some]</c>.</param>
    /// <param name="samples">The numbers of these samples in the batch, int64 <c>[some]</c>.</param>
    /// <param name="batch">Samples of the batch.</param>
    /// <returns>fp32 <c>[processes]</c>; 0 for a process of whose samples there are none.</returns>
    public Tensor Sums(Tensor values, Tensor samples, long batch)
    {
        using var scope = NewDisposeScope();
        using var process = samples.div(Constant.Of(batch / Processes), RoundingMode.floor);
        // A product with 0 and 1 adds in the same order each time, on a GPU too.
        using var isOwn = Constant.Count(Processes, samples.device).unsqueeze(1).eq(process);
        return isOwn.to(values.dtype).matmul(values).MoveToOuterDisposeScope();
    }
}
