using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>The teacher's weights: State, updated in place.</summary>
/// <param name="Tensors">fp32, by the names that they have in <see cref="Weights.Parameters"/>.</param>
sealed record EmaWeights(IReadOnlyDictionary<string, Tensor> Tensors) : ICheckpointed
{
    /// <summary>Makes something with these in the place of the arm's, whose bits are back when it returns.</summary>
    /// <remarks>The modules are views of the arm's weights, and an arm has no second set of modules. Another copy of these parameters is held
    /// meanwhile.</remarks>
    public Tensor Lend(Weights weights, Func<Tensor> make)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var own = Tensors.Keys.ToDictionary(name => name, name => weights.Parameters[name].clone());
        try
        {
            Put(Tensors, weights);
            return make().MoveToOuterDisposeScope();
        }
        finally
        {
            Put(own, weights);
        }
    }

    static void Put(IReadOnlyDictionary<string, Tensor> values, Weights weights)
    {
        foreach (var (name, value) in values) weights.Parameters[name].copy_(value);
        weights.Round();
    }
}
