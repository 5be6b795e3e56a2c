namespace Rils.Layers;

/// <summary>Floating-point operations of forward passes; a multiply-add counts as two. Norms, softmax and activations
/// are left out.</summary>
public static class TransformerFlops
{
    /// <summary>A linear layer over <paramref name="rows"/> rows.</summary>
    public static long Linear(long rows, long inputs, long outputs) => 2 * rows * inputs * outputs;

    /// <summary>The attention weights of a transformer block over one sequence of tokens: the projection to queries,
    /// keys and values, and the product of queries and keys.</summary>
    public static long Attention(long tokens, long width) =>
        Linear(tokens, width, 3 * width) + Linear(tokens, width, tokens);

    /// <summary>A transformer block over one sequence of tokens: its four linear layers and both attention
    /// products.</summary>
    public static long Block(long tokens, long width, long hidden) =>
        Linear(tokens, width, 3 * width) + 2 * Linear(tokens, width, tokens) + Linear(tokens, width, width)
        + 2 * Linear(tokens, width, hidden);
}
