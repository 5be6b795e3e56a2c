using Rils.Contract;
using Rils.LanguageTarget;
using Rils.Models;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

/// <summary>Computing the logits in pieces gives the values and gradients of all logits at once.</summary>
public sealed class LanguageDivergenceTests : IDisposable
{
    const int Batch = 9, Patches = 12, Visible = 5, Width = 16, Dimensions = 10;

    /// <summary>The number of logits of one image.</summary>
    const long OfImage = (Patches - Visible) * Batch;

    readonly DisposeScope scope = NewDisposeScope();
    readonly LinearSpace space = new(new() { Dim = Dimensions }, new(new(Width), new(Width, 8)));
    readonly Tensor prediction = Draws.Leaf("prediction", Batch - 1, 1 + Patches, Width),
        sentences = Draws.Leaf("sentences", Batch, Dimensions);
    readonly Tensor tokens = Draws.Leaf("tokens", Batch, 1 + Patches, Width),
        images = tensor(new long[] { 0, 1, 2, 3, 5, 6, 7, 8 });
    Tensor past = empty(0, Dimensions);

    public LanguageDivergenceTests() => space.Initialize(RandomStream.Root(3));

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(Prototypes.Attached, 1)] // fewer than the logits of one image
    [InlineData(Prototypes.Attached, 3 * OfImage)]
    [InlineData(Prototypes.Attached, 4 * OfImage)]
    [InlineData(Prototypes.Detached, 3 * OfImage)]
    [InlineData(Prototypes.Attached, 3 * OfImage, Comparison.CrossEntropy)]
    [InlineData(Prototypes.Attached, 3 * OfImage, Comparison.Mse)]
    [InlineData(Prototypes.Attached, 4 * OfImage, Comparison.Kl, CountedPatches.All)]
    [InlineData(Prototypes.Attached, 4 * OfImage, Comparison.Kl, CountedPatches.Hidden, 7)]
    public void Value_and_gradients_do_not_depend_on_the_size_of_a_piece(Prototypes prototypes, long limit,
        Comparison loss = Comparison.Kl, CountedPatches patches = CountedPatches.Hidden, int queue = 0)
    {
        past = nn.functional.normalize(Draws.Normal("past", queue, Dimensions), dim: -1);
        var options = new LanguageTargetOptions { Prototypes = prototypes, Loss = loss, Patches = patches };
        var expected = Run(options, long.MaxValue);
        var actual = Run(options, limit);
        GoldenAssert.Close(expected.Value, actual.Value, 1e-6, "value");
        GoldenAssert.CloseInNorm(expected.Prediction, actual.Prediction, 1e-6, "prediction");
        GoldenAssert.CloseInNorm(expected.Projection, actual.Projection, 1e-6, "projection");
        Assert.Equal(prototypes == Prototypes.Attached, actual.Sentences is not null);
        if (actual.Sentences is not null)
            GoldenAssert.CloseInNorm(expected.Sentences!, actual.Sentences, 1e-6, "sentences");
        Assert.True(tokens.grad is null);
    }

    [Fact]
    public void It_leaves_the_sums_and_the_prototypes()
    {
        var (mask, divergence) = (Mask(), new LanguageDivergence(
            new() { Prototypes = Prototypes.Attached }, new(tokens, 1), space, new(1), limit: 3 * OfImage));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        divergence.OfEach(new(prediction, mask), images, sentences, past);
        Assert.Equal(before + 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    (Tensor Value, Tensor Prediction, Tensor Projection, Tensor? Sentences) Run(LanguageTargetOptions options,
        long limit)
    {
        var projection = space.get_parameter("image_projection")!;
        foreach (var leaf in (Tensor[])[prediction, sentences, projection]) leaf.grad?.zero_();
        var value = new LanguageDivergence(options, new(tokens, 1), space, new(1), limit: limit)
            .OfEach(new(prediction, Mask()), images, sentences, past).sum();
        value.backward();
        return (value, prediction.grad!.clone(), projection.grad!.clone(), sentences.grad?.clone());
    }

    PatchMask Mask() => PatchMask.KeepSmallest(Draws.Normal("noise", Batch, Patches), Visible).Select(images);
}
