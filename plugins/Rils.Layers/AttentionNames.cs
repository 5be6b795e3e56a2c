using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>What the biases of <see cref="Attention"/> can be made of where a file has them in the other form of <see cref="QkvBias"/>.</summary>
public static class AttentionNames
{
    const string Fused = "attn.qkv.bias", Query = "attn.q_bias", Value = "attn.v_bias";

    /// <summary>Of one fused bias the queries' and the values' thirds: that of the keys is dropped, which no softmax over keys sees. The other way round
    /// zeros stand in for it.</summary>
    /// <param name="name">A tensor's name in a module that holds <see cref="Attention"/>s under the name <c>attn</c>.</param>
    public static IEnumerable<ForeignTensor> AlternativesTo(string name)
    {
        if (Stem(name, Query) is { } query) return [new([query + Fused], static given => Third(given[0], 0))];
        if (Stem(name, Value) is { } value) return [new([value + Fused], static given => Third(given[0], 2))];
        if (Stem(name, Fused) is { } fused)
            return [new([fused + Query, fused + Value], static given => cat([given[0], zeros_like(given[0]), given[1]]))];
        return [];
    }

    static Tensor Third(Tensor fused, int number) => fused.narrow(0, number * (fused.shape[0] / 3), fused.shape[0] / 3);

    static string? Stem(string name, string end) => name.EndsWith($".{end}", StringComparison.Ordinal) ? name[..^end.Length] : null;
}
