using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Collects the gradients of one part of a batch, apart from those of the other parts.</summary>
/// <param name="wanted">The part's copies of whole inputs, then the parameters that want a gradient.</param>
sealed class PartGradients(Tensor[] wanted)
{
    /// <summary>The gradients of the part whose backward pass this thread runs; null where gradients may go straight to
    /// the parameters.</summary>
    [ThreadStatic] static PartGradients? current;

    /// <summary>The gradients, in no dispose scope; null for an input or parameter that got none. Sparse gradients have
    /// each row once, in single precision.</summary>
    public Tensor?[] Sums { get; } = new Tensor?[wanted.Length];

    /// <summary>Runs a backward pass from one tensor; such a pass may run others inside.</summary>
    /// <param name="output">The tensor to start from.</param>
    /// <param name="gradient">The gradient of the output, in the output's shape.</param>
    /// <param name="leaves">The inputs that want a gradient; theirs is added to the gradient that they have.</param>
    public static void Backward(Tensor output, Tensor gradient, Tensor[] leaves)
    {
        if (current is { } own) own.Run(output, gradient, leaves);
        else ActivationCheckpoint.Backward(output, gradient);
    }

    /// <summary>Runs a backward pass that puts its gradients into <see cref="Sums"/>.</summary>
    public void Collect(Tensor output, Tensor gradient, Tensor[] leaves)
    {
        current = this;
        try
        {
            Run(output, gradient, leaves);
        }
        finally
        {
            current = null;
        }
    }

    void Run(Tensor output, Tensor gradient, Tensor[] leaves)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var gradients = ActivationCheckpoint.Gradients(output, [.. leaves, .. wanted], gradient);
        for (var number = 0; number < gradients.Length; number++)
            if (gradients[number] is not { } found) continue;
            else if (number < leaves.Length) Add(leaves[number], found);
            else Add(number - leaves.Length, found);
    }

    /// <summary>Adds to the gradient of a parameter or an input, in the tensor's type.</summary>
    public static void Add(Tensor leaf, Tensor gradient)
    {
        if (leaf.grad is { } sum) sum.add_(gradient, Constant.Of(1));
        // A copy, since autograd may have given out one tensor twice.
        else leaf.grad = gradient.is_sparse ? gradient.to_dense() : gradient.clone();
    }

    void Add(int number, Tensor gradient)
    {
        var own = gradient.is_sparse ? SparseRows.Once(gradient) : gradient;
        // A second gradient comes only where passes are nested.
        Sums[number] = (Sums[number] is { } before ? GradientTree.Sum(before, own) : own)!.DetachFromDisposeScope();
    }
}
