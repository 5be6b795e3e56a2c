using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Keeps the graph nodes in which parameters' gradients end (libtorch's <c>AccumulateGrad</c>) until this
/// object is disposed. A parameter has only a weak pointer to its node, and gets another node where the first is freed.
/// A backward pass reads the pointer without the lock under which libtorch replaces it
/// (<c>try_get_grad_accumulator</c>). So where one part of a batch runs a function again while another part goes
/// backward, the other part would write into freed memory.</summary>
sealed class HeldLeaves : IDisposable
{
    /// <summary>Views of the parameters; the views' graphs hold the nodes.</summary>
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
