using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Data;
using Rils.PixelTarget;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.PixelTarget;

public sealed class PixelLossTests : IDisposable
{
    const int Batch = 3, Rows = 2, Columns = 4, Visible = 3, Side = 2, Width = 3 * Side * Side;
    static readonly PatchShape Shape = new(new(Rows, Columns), Side, 1);

    readonly DisposeScope scope = NewDisposeScope();
    readonly Tensor pixels = Draws.Normal("pixels", Batch, 3, Rows * Side, Columns * Side);
    readonly Tensor prediction = Draws.Leaf("prediction", Batch, 1 + Shape.Grid.Count, Width);
    readonly PatchMask mask = PatchMask.KeepSmallest(Draws.Normal("noise", Batch, Shape.Grid.Count), Visible);

    public void Dispose() => scope.Dispose();

    public static TheoryData<PixelTargetOptions> Options =>
        [new(), new() { Normalize = false }, new() { VarianceFloor = 1 }];

    [Theory, MemberData(nameof(Options))]
    public void It_equals_the_plain_form(PixelTargetOptions options)
    {
        var expected = PlainPixelLoss.Value(options, pixels, prediction, [0, 1, 2], Lists(mask.Hidden), Columns, Side);
        Assert.Equal(expected, Run(options).item<float>(), 1e-5 * expected);
    }

    [Fact]
    public void With_a_selection_it_is_the_loss_of_these_images()
    {
        var images = tensor(new long[] { 0, 2 });
        var (predicted, rows) = (prediction.index_select(0, images), mask.Select(images));
        var expected = PlainPixelLoss.Value(new(), pixels, predicted, [0, 2], Lists(rows.Hidden), Columns, Side);
        Assert.Equal(expected, Run(new(), predicted, rows, new ImageSelection(images)).item<float>(), 1e-5 * expected);
    }

    [Fact]
    public void No_selected_image_gives_zero_and_zero_gradients()
    {
        var none = empty(0, ScalarType.Int64);
        var loss = Run(new(), prediction.index_select(0, none), mask.Select(none), new ImageSelection(none));
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.True(prediction.grad!.Equals(zeros_like(prediction)));
    }

    [Fact]
    public void Visible_patches_and_the_class_token_get_no_gradient()
    {
        Run(new()).backward();
        var hidden = zeros(Batch, 1 + Shape.Grid.Count, ScalarType.Bool)
            .scatter(1, mask.Hidden + 1, ones_like(mask.Hidden, ScalarType.Bool));
        Assert.True(prediction.grad!.ne(0).all(2).Equals(hidden));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void A_patch_without_variance_is_to_be_zeros(double floor) =>
        Assert.Equal(0, PixelPatches.Normalize(full(4, 192, 0.7f), floor).abs().max().item<float>(), 1e-3);

    /// <summary>Half of the patches of drawings are white. The channels have different means and deviations, so the
    /// three numbers of a white pixel differ.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 0.257)]
    public void A_white_patch_counts_in_full_or_by_the_floor(double floor, double variance)
    {
        var white = Normalization.Apply(full([1, 3, 8, 8], 255, ScalarType.Byte), CPU);
        var patch = PixelPatches.Pick(white, arange(1), zeros(1, 1, ScalarType.Int64), new(new(1, 1), 8, 1));
        Assert.Equal(0.0257, patch.var(-1).item<float>(), 1e-4);
        Assert.Equal(variance, PixelPatches.Normalize(patch, floor).var(-1).item<float>(), 1e-3);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.01, 0.1)]
    public void The_floor_keeps_faint_noise_faint(double floor, double deviation)
    {
        var noise = PixelPatches.Normalize(Draws.Normal("noise", 50, 192) / 100, floor);
        Assert.Equal(deviation, noise.std(true).item<float>(), 0.02 * deviation);
        var strong = Draws.Normal("strong", 50, 192);
        Assert.True(PixelPatches.Normalize(strong, 0).Equals(PixelPatches.Normalize(strong, floor)));
    }

    [Fact]
    public void It_is_computed_in_fp32_whatever_the_model_computes_in()
    {
        var rounded = prediction.detach().to(ScalarType.BFloat16);
        var expected = Run(new(), rounded.to(ScalarType.Float32));
        var actual = Run(new(), rounded.requires_grad_());
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.Equal(expected.item<float>(), actual.item<float>());
    }

    [Fact]
    public void It_leaves_the_loss_alone_and_changes_nothing_that_it_reads()
    {
        var (images, restore) = (pixels.clone(), mask.Restore.clone());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Run(new());
        // Until the step ends, these stay: the images' numbers, their errors, and the sum of the errors.
        Assert.Equal(before + 5, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(images.Equals(pixels) && restore.Equals(mask.Restore));
    }

    [Fact]
    public void The_decoder_predicts_three_colours_for_every_pixel_of_a_patch()
    {
        PixelShape.Make(new(new(4, 4), 8, 1), out var target);
        Assert.Equal(192, target.Width);
        var registered = Registrations.Of(new PixelTargetPlugin());
        Assert.Equal([("target", "pixel", typeof(PixelTargetOptions))], registered.Components);
        Assert.Equal([Stage.Setup, Stage.Objective, Stage.Observe],
            registered.Systems.Values.Select(system => system.Stage));
    }

    Tensor Run(PixelTargetOptions options, Tensor? predicted = null, PatchMask? rows = null,
        ImageSelection? selection = null)
    {
        var losses = new Append<LossTerm>("arm");
        PixelLoss.Loss(options, Shape, new(pixels), new(predicted ?? prediction, rows ?? mask),
            selection is null ? default : new(selection), new(1), losses);
        var term = Assert.Single(new Collected<LossTerm>(losses));
        Assert.Equal(("pixel", options.Weight), (term.Name, term.Weight));
        return term.Value;
    }

    static long[][] Lists(Tensor numbers) =>
        [.. Enumerable.Range(0, (int)numbers.shape[0]).Select(row => numbers[row].data<long>().ToArray())];
}
