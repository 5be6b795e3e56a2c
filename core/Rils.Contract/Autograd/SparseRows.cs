using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Gradients of a few rows of a matrix, as an embedding with <c>sparse</c> gives them. A row may come several
/// times; these methods add up its gradients, for which TorchSharp has no method.</summary>
static class SparseRows
{
    /// <summary>Makes a gradient with each row once, in the order of the rows' numbers, in single precision.</summary>
    /// <param name="gradient">A sparse gradient, <c>[rows, width]</c>.</param>
    public static Tensor Once(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (numbers, inverse, _) = gradient.SparseIndices[0].unique(sorted: true, return_inverse: true);
        var values = gradient.SparseValues.to(ScalarType.Float32);
        var sums = zeros([numbers.size(0), values.size(1)], ScalarType.Float32)
            .index_add_(0, inverse!, values, Constant.Of(1));
        return sparse_coo_tensor(numbers.unsqueeze(0), sums, gradient.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Adds two sparse gradients.</summary>
    public static Tensor Sum(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        return Once(left.Plus(right)).MoveToOuterDisposeScope();
    }
}
