using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Gradients of few of a matrix's rows, as an embedding with <c>sparse</c> has them: a row that comes several
/// times is added up, which TorchSharp's tensors cannot do by themselves.</summary>
static class SparseRows
{
    /// <summary>Each row once, in the order of their numbers, in single precision.</summary>
    /// <param name="gradient">Sparse, <c>[rows, width]</c>.</param>
    public static Tensor Once(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (numbers, inverse, _) = gradient.SparseIndices[0].unique(sorted: true, return_inverse: true);
        var values = gradient.SparseValues.to(ScalarType.Float32);
        var sums = zeros([numbers.size(0), values.size(1)], ScalarType.Float32).index_add_(0, inverse!, values, 1);
        return sparse_coo_tensor(numbers.unsqueeze(0), sums, gradient.shape).MoveToOuterDisposeScope();
    }

    /// <summary>The sum of two such gradients.</summary>
    public static Tensor Sum(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        return Once(left + right).MoveToOuterDisposeScope();
    }
}
