using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Copies the present gradients of some tensors, and restores them when this object is disposed.</summary>
sealed class KeptGradients : IDisposable
{
    readonly Tensor[] leaves;
    readonly Tensor?[] gradients;

    public KeptGradients(Tensor[] leaves)
    {
        this.leaves = leaves;
        using var constant = no_grad();
        gradients = [.. leaves.Select(leaf => leaf.grad?.clone())];
    }

    public void Dispose()
    {
        using var constant = no_grad();
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
            if (gradient is null) leaf.grad = null;
            else leaf.grad!.copy_(gradient);
    }
}
