using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Keeps the graph nodes in which parameters' gradients end (libtorch's <c>AccumulateGrad</c>) until this is
/// disposed. A parameter knows its node by a weak pointer, and gets another node where that one is gone. A backward
/// pass reads the pointer without the lock under which it is replaced (<c>try_get_grad_accumulator</c>): where one part
/// of a batch computes again while another goes backward, the reader would write into memory that is free.</summary>
sealed class HeldLeaves : IDisposable
{
    /// <summary>Their graphs refer to the nodes.</summary>
    readonly Tensor[] views;

    public HeldLeaves(IEnumerable<Tensor> parameters)
    {
        using var recorded = enable_grad();
        views = [.. parameters.Select(parameter => parameter.unsqueeze(0).DetachFromDisposeScope())];
    }

    public void Dispose()
    {
        foreach (var view in views) view.Dispose();
    }
}
