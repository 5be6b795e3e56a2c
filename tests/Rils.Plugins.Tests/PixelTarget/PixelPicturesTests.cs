using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Data;
using Rils.PixelTarget;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.PixelTarget;

public sealed class PixelPicturesTests : IDisposable
{
    const int Batch = 5, Side = 4, Width = 3 * Side * Side;
    static readonly PatchShape Shape = new(new(2, 3), Side, 1);

    readonly DisposeScope scope = NewDisposeScope();
    readonly Tensor bytes = (arange(Batch * 3 * 8 * 12, ScalarType.Int64) * 37 % 251)
        .to(ScalarType.Byte).view(Batch, 3, 8, 12);
    readonly Tensor selected = tensor(new long[] { 0, 2, 3 });
    readonly PatchMask mask = PatchMask.KeepSmallest(Draws.Normal("noise", Batch, 6), 2);

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public void A_perfect_prediction_gives_the_image_back(bool normalize, double floor)
    {
        var (pixels, rows) = (Normalization.Apply(bytes, CPU), mask.Select(selected));
        var truth = PixelPatches.Pick(pixels, selected, rows.Hidden, Shape);
        var tokens = Tokens(rows, normalize ? PixelPatches.Normalize(truth, floor) : truth);
        var picture = Run(new() { Normalize = normalize, VarianceFloor = floor }, pixels, new(tokens, rows));
        Assert.True(picture.Rgb.Equals(bytes.index_select(0, tensor(new long[] { 2, 3 }))));
    }

    [Fact]
    public void Hidden_patches_are_the_predictions_and_visible_ones_the_originals()
    {
        var (pixels, rows) = (Normalization.Apply(bytes, CPU), mask.Select(selected));
        // The prediction gives each hidden patch one colour by its number in the mask: red 10, 20, ...; green 0; blue
        // 255.
        var count = rows.Hidden.shape[1];
        var colours = stack([(arange(count, ScalarType.Float32) + 1) * 10, zeros(count), full([count], 255f)], 1);
        var normalised = (colours / 255 - tensor(Images.Mean.ToArray())) / tensor(Images.Deviation.ToArray());
        var predicted = normalised.repeat(1, Side * Side).unsqueeze(0).expand(selected.shape[0], count, Width);
        var picture = Run(new() { Normalize = false }, pixels, new(Tokens(rows, predicted), rows));
        var expected = bytes.index_select(0, tensor(new long[] { 2, 3 })).clone();
        for (var image = 0; image < 2; image++)
            for (var hidden = 0; hidden < count; hidden++)
            {
                var patch = (int)rows.Hidden[image + 1, hidden].item<long>();
                for (var channel = 0; channel < 3; channel++)
                    expected[image, channel, (patch / 3 * Side)..(patch / 3 * Side + Side),
                        (patch % 3 * Side)..(patch % 3 * Side + Side)] = (byte)colours[hidden, channel].item<float>();
            }
        Assert.True(picture.Rgb.Equals(expected));
    }

    [Fact]
    public void With_no_image_selected_it_has_no_rows()
    {
        var none = empty(0, ScalarType.Int64);
        var pictures = new Append<Picture>("arm");
        PixelPictures.Add(new(), Shape, new(Normalization.Apply(bytes, CPU)), new(none, none),
            new(zeros(0, 7, Width), mask.Select(none)), pictures);
        Assert.Equal([0, 3, 8, 12], Assert.Single(new Collected<Picture>(pictures)).Rgb.shape);
    }

    /// <summary>The picture of the second and third selected image.</summary>
    static Picture Run(PixelTargetOptions options, Tensor pixels, PatchPrediction prediction)
    {
        var pictures = new Append<Picture>("arm");
        PixelPictures.Add(options, Shape, new(pixels), new(tensor(new long[] { 2, 3 }), tensor(new long[] { 1, 2 })),
            prediction, pictures);
        var picture = Assert.Single(new Collected<Picture>(pictures));
        Assert.Equal("reconstruction", picture.Title);
        Assert.Equal(options.Normalize, picture.About.Contains("takes these from the original"));
        return picture;
    }

    /// <summary>The tokens of a prediction, with zeros for the class token and the visible patches.</summary>
    static Tensor Tokens(PatchMask rows, Tensor hidden) => zeros(hidden.shape[0], 7, Width)
        .scatter(1, (rows.Hidden + 1).unsqueeze(2).expand(-1, -1, Width), hidden);
}
