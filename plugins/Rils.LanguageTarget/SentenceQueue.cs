using Rils.Measures;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Sentences of past steps: State, a ring, of length 0 where the experiment asks for no queue.</summary>
/// <param name="Ring">Unit vectors, fp32 <c>[queue, dimensions]</c>; the step's number says where the next ones
/// go.</param>
sealed record SentenceQueue(Tensor Ring) : ICheckpointed
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Tensors =>
        Length == 0 ? new Dictionary<string, Tensor>() : new() { ["sentences"] = Ring };

    long Length => Ring.shape[0];

    /// <summary>The sentences that earlier steps put in.</summary>
    /// <param name="step">The number of this step, from 0.</param>
    /// <param name="batch">Samples per step.</param>
    /// <returns><c>[past, dimensions]</c>, a view.</returns>
    public Tensor Past(long step, long batch) =>
        Ring.narrow(0, 0, step < Length ? Math.Min(Length, step * batch) : Length);

    /// <summary>Writes a step's sentences over the oldest ones.</summary>
    /// <param name="step">The number of this step, from 0.</param>
    /// <param name="sentences"><c>[batch, dimensions]</c>; where the batch is larger than the queue, its last ones go
    /// in.</param>
    public void Push(long step, Tensor sentences)
    {
        var count = Math.Min(Length, sentences.shape[0]);
        if (count == 0) return;
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var unit = Similarity.Unit(sentences.narrow(0, sentences.shape[0] - count, count));
        var at = step % Length * count % Length;
        var untilEnd = Math.Min(count, Length - at);
        Ring.narrow(0, at, untilEnd).copy_(unit.narrow(0, 0, untilEnd));
        Ring.narrow(0, 0, count - untilEnd).copy_(unit.narrow(0, untilEnd, count - untilEnd));
    }

    /// <inheritdoc/>
    public void Dispose() => Ring.Dispose();
}
