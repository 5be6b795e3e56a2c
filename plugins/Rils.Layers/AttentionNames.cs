using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Makes the biases of <see cref="Attention"/> from a file that stores them in the other form of
/// <see cref="QkvBias"/>.</summary>
public static class AttentionNames
{
    const string Fused = "attn.qkv.bias", Query = "attn.q_bias", Value = "attn.v_bias";

    /// <summary>From a fused bias, takes the thirds of the queries and of the values; the keys' third is dropped, since
    /// no softmax over keys sees it. For a fused bias, puts zeros between those of the queries and of the
    /// values.</summary>
    /// <param name="name">The name of a tensor in a module whose <see cref="Attention"/>s have the name
    /// <c>attn</c>.</param>
    /// <returns>The ways to make the tensor from others; none for a tensor that is no such bias.</returns>
    public static IEnumerable<ForeignTensor> AlternativesTo(string name)
    {
        if (Stem(name, Query) is { } query) return [new([query + Fused], static given => Third(given[0], 0))];
        if (Stem(name, Value) is { } value) return [new([value + Fused], static given => Third(given[0], 2))];
        if (Stem(name, Fused) is { } fused)
            return [new([fused + Query, fused + Value],
                static given => cat([given[0], zeros_like(given[0]), given[1]]))];
        return [];
    }

    static Tensor Third(Tensor fused, int number) => fused.narrow(0, number * (fused.shape[0] / 3), fused.shape[0] / 3);

    static string? Stem(string name, string end) =>
        name.EndsWith($".{end}", StringComparison.Ordinal) ? name[..^end.Length] : null;
}
