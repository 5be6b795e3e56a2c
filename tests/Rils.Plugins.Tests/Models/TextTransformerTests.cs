using Rils.Contract;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

public sealed class TextTransformerTests : IDisposable
{
    const double Rounding = 1e-5;
    readonly DisposeScope scope = NewDisposeScope();
    readonly TextTransformer text = new(new() { Context = 6, Width = 16, Heads = 2, Depth = 2 }, 50);

    public TextTransformerTests() => text.Initialize(RandomStream.Root(1));

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Padding_does_not_matter_whether_shorter_or_longer_than_the_context()
    {
        var expected = Encode([48, 3, 7, 49, 0, 0]);
        GoldenAssert.Close(expected, Encode([48, 3, 7, 49]), Rounding, "shorter");
        GoldenAssert.Close(expected, Encode([48, 3, 7, 49, 0, 0, 0, 0, 0]), Rounding, "longer");
    }

    [Fact]
    public void What_comes_after_the_end_of_text_is_not_seen() =>
        GoldenAssert.Close(Encode([48, 3, 49, 0, 0, 0]), Encode([48, 3, 49, 9, 8, 7]), Rounding, "causal");

    [Fact]
    public void What_comes_before_the_end_of_text_is_seen()
    {
        var (one, other) = (Encode([48, 3, 7, 49]), Encode([48, 4, 7, 49]));
        Assert.True((one - other).abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void A_sentence_that_is_cut_keeps_its_end_of_text()
    {
        // The second row fits into the context of 6 without a cut, though the batch is 8 tokens long.
        var batch = tensor(new long[,] { { 48, 1, 2, 3, 4, 5, 6, 49 }, { 48, 1, 2, 3, 4, 49, 0, 0 } });
        var expected = tensor(new long[,] { { 48, 1, 2, 3, 4, 49 }, { 48, 1, 2, 3, 4, 49 } });
        Assert.True(text.Encode(expected).Equals(text.Encode(batch)));
    }

    /// <summary>Tokens see only those before them, so the last token of a prefix is the prefix's token of the whole
    /// sentence, and the mean of a sentence is that of the last tokens of its prefixes.</summary>
    [Fact]
    public void The_mean_of_a_sentence_is_that_of_its_prefixes_last_tokens()
    {
        long[] sentence = [48, 3, 0, 7, 5];
        var (last, mean) = (Pooled(TextPooling.Last), Pooled(TextPooling.Mean));
        Tensor Of(TextTransformer encoder, long[] ids) => encoder.Encode(tensor(ids).unsqueeze(0));
        Tensor[] prefixes = [Of(last, sentence[..1]), Of(last, sentence[..2]), Third(last), Of(last, sentence[..4]),
            Of(last, sentence)];
        GoldenAssert.Close(stack(prefixes).mean([0]), Of(mean, sentence), Rounding, "mean");
        foreach (var encoder in (TextTransformer[])[last, mean])
            GoldenAssert.Close(Of(encoder, sentence), Of(encoder, [.. sentence, 0]), Rounding, "padding");
        // A sentence whose last token has the largest id has the same feature by both rules.
        GoldenAssert.Close(Encode([48, 3, 7, 49]), Of(last, [48, 3, 7, 49, 0, 0]), Rounding, "end");
        Assert.False(Encode(sentence).allclose(Of(last, sentence)));

        // The third token is 0, as padding is, so that no prefix ends with it: what is left of the sum of four.
        Tensor Third(TextTransformer encoder) => 4 * Of(mean, sentence[..4])
            - Of(encoder, sentence[..1]) - Of(encoder, sentence[..2]) - Of(encoder, sentence[..4]);
    }

    static TextTransformer Pooled(TextPooling pooling)
    {
        var made = new TextTransformer(
            new() { Context = 6, Width = 16, Heads = 2, Depth = 2, Pooling = pooling }, 50);
        made.Initialize(RandomStream.Root(1));
        return made;
    }

    [Fact]
    public void A_forward_pass_leaves_one_tensor_behind()
    {
        using var gradient = no_grad();
        var ids = zeros(2, 8, ScalarType.Int64);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        text.Encode(ids);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Heads_that_do_not_divide_the_width_are_refused() => Assert.StartsWith(
        "[text] width = 16 is not divisible by heads = 3",
        Assert.Throws<ArgumentException>(() => new TextTransformer(new() { Width = 16, Heads = 3 }, 50)).Message);

    Tensor Encode(long[] ids) => text.Encode(tensor(ids).unsqueeze(0));
}
