using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Cosines between patches and sentences, in fp32 whatever type the model computes in.</summary>
static class LanguageLogits
{
    /// <summary>Cosines, fp32 <c>[..., prototypes]</c>.</summary>
    /// <param name="vectors">Patches in the shared space, <c>[..., dimensions]</c>.</param>
    /// <param name="prototypes">Sentences: unit vectors, fp32 <c>[prototypes, dimensions]</c>.</param>
    public static Tensor Cosines(Tensor vectors, Tensor prototypes)
    {
        using var scope = NewDisposeScope();
        return Similarity.Unit(vectors).matmul(prototypes.t()).MoveToOuterDisposeScope();
    }

    /// <summary>log softmax over the sentences of cosine / temperature.</summary>
    /// <param name="vectors">Patches in the shared space, <c>[..., dimensions]</c>.</param>
    /// <param name="prototypes">Sentences: unit vectors, fp32 <c>[prototypes, dimensions]</c>.</param>
    /// <param name="temperature">Divides the cosines.</param>
    /// <returns>fp32 <c>[..., prototypes]</c>.</returns>
    public static Tensor LogProbabilities(Tensor vectors, Tensor prototypes, double temperature)
    {
        using var scope = NewDisposeScope();
        var logits = Cosines(vectors, prototypes).div_(Constant.Of(temperature));
        return nn.functional.log_softmax(logits, -1).MoveToOuterDisposeScope();
    }
}
