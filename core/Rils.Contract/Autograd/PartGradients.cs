using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The gradients of one part of a batch, apart from those of the parts beside it.</summary>
/// <param name="wanted">The part's leaves of whole inputs, then the parameters that want a gradient.</param>
sealed class PartGradients(Tensor[] wanted)
{
    /// <summary>Those of the part whose backward pass this thread runs; null where gradients may go straight to the
    /// parameters.</summary>
    [ThreadStatic] static PartGradients? current;

    /// <summary>In no scope; null for an input or parameter that got none. Sparse ones have each row once, in single
    /// precision.</summary>
    public Tensor?[] Sums { get; } = new Tensor?[wanted.Length];

    /// <summary>Runs a backward pass from one tensor, which may hold others like it.</summary>
    /// <param name="output">Where to start.</param>
    /// <param name="gradient">Of the output's shape.</param>
    /// <param name="leaves">Those inputs that want a gradient; it is added to what they have.</param>
    public static void Backward(Tensor output, Tensor gradient, Tensor[] leaves)
    {
        if (current is { } own) own.Run(output, gradient, leaves);
        else Recompute.Backward(output, gradient);
    }

    /// <summary>Runs one whose gradients come here.</summary>
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
        var gradients = Recompute.Gradients(output, [.. leaves, .. wanted], gradient);
        for (var number = 0; number < gradients.Length; number++)
            if (gradients[number] is not { } found) continue;
            else if (number < leaves.Length) Add(leaves[number], found);
            else Add(number - leaves.Length, found);
    }

    /// <summary>Adds to the gradient of a parameter or an input, in its type.</summary>
    public static void Add(Tensor leaf, Tensor gradient)
    {
        if (leaf.grad is { } sum) sum.add_(gradient);
        // A copy: autograd may have handed out one tensor twice.
        else leaf.grad = gradient.is_sparse ? gradient.to_dense() : gradient.clone();
    }

    void Add(int number, Tensor gradient)
    {
        var own = gradient.is_sparse ? SparseRows.Once(gradient) : gradient;
        // Only where passes are nested does a second one come.
        Sums[number] = (Sums[number] is { } before ? GradientTree.Sum(before, own) : own)!.DetachFromDisposeScope();
    }
}
