using Rils.Contract;
using Rils.Scheduling;
using Rils.FeatureTarget;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.FeatureTarget;

public sealed class FeatureLossTests : IDisposable
{
    const int Batch = 3, Patches = 8, Visible = 3, Width = 10;

    readonly DisposeScope scope = NewDisposeScope();
    readonly Tensor teacher = Draws.Leaf("teacher", Batch, 1 + Patches, Width);
    readonly Tensor prediction = Draws.Leaf("prediction", Batch, 1 + Patches, Width);
    readonly PatchMask mask = PatchMask.KeepSmallest(Draws.Normal("noise", Batch, Patches), Visible);

    public void Dispose() => scope.Dispose();

    public static TheoryData<FeatureTargetOptions> Options =>
        [new(), new() { Loss = FeatureComparison.SmoothL1 },
            new() { Loss = FeatureComparison.SmoothL1, Beta = 0.3, Weight = 0.5 }];

    [Theory, MemberData(nameof(Options))]
    public void It_equals_the_plain_form(FeatureTargetOptions options)
    {
        var expected = PlainFeatureLoss.Value(options, teacher, prediction, [0, 1, 2], Lists(mask.Hidden));
        var (loss, spread) = Run(options);
        Assert.Equal(expected.Loss, loss.item<float>(), 1e-5 * expected.Loss);
        Assert.Equal(expected.Spread, spread.item<float>(), 1e-5);
    }

    /// <summary>Values worked out by hand: two tokens at 45 degrees, and one number on each side of beta.</summary>
    [Fact]
    public void It_is_what_a_calculator_says()
    {
        var one = new PatchMask(tensor(new long[,] { { 0 } }), tensor(new long[,] { { 1 } }),
            tensor(new long[,] { { 0, 1 } }));
        var tokens = tensor(new float[,,] { { { 0, 0 }, { 9, 9 }, { 1, -1 } } });
        var guess = tensor(new float[,,] { { { 0, 0 }, { 9, 9 }, { 4, 0 } } });
        Assert.Equal(1 - Math.Sqrt(0.5), Run(new(), guess, one, tokens: tokens).Loss.item<float>(), 1e-6);
        // The normalised feature is (1, -1) too. The distances are 3 and 1; with beta 2 they cost 3 - 2/2 and 1/4.
        Assert.Equal((2 + 0.25) / 2,
            Run(new() { Loss = FeatureComparison.SmoothL1 }, guess, one, tokens: tokens).Loss.item<float>(), 1e-5);
    }

    [Theory, MemberData(nameof(Options))]
    public void Its_gradient_is_the_slope(FeatureTargetOptions options)
    {
        Run(options).Loss.backward();
        var at = 1 + mask.Hidden[1][2].item<long>();
        for (var number = 0; number < Width; number++)
        {
            double Moved(double by)
            {
                var moved = prediction.detach().clone();
                moved[1][at][number].add_(by);
                return PlainFeatureLoss.Value(options, teacher, moved, [0, 1, 2], Lists(mask.Hidden)).Loss;
            }
            var slope = (Moved(1e-3) - Moved(-1e-3)) / 2e-3;
            Assert.Equal(slope, prediction.grad![1][at][number].item<float>(), 1e-4);
        }
    }

    [Theory, MemberData(nameof(Options))]
    public void With_a_selection_it_is_the_loss_of_these_images(FeatureTargetOptions options)
    {
        var images = tensor(new long[] { 0, 2 });
        var (predicted, rows) = (prediction.index_select(0, images), mask.Select(images));
        var expected = PlainFeatureLoss.Value(options, teacher, predicted, [0, 2], Lists(rows.Hidden));
        Assert.Equal(expected.Loss, Run(options, predicted, rows, new(images)).Loss.item<float>(),
            1e-5 * expected.Loss);
    }

    [Theory, MemberData(nameof(Options))]
    public void No_selected_image_gives_zero_and_zero_gradients(FeatureTargetOptions options)
    {
        var none = empty(0, ScalarType.Int64);
        var (loss, spread) = Run(options, prediction.index_select(0, none), mask.Select(none), new(none));
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.True(double.IsFinite(spread.item<float>()));
        Assert.True(prediction.grad!.Equals(zeros_like(prediction)));
    }

    [Theory, MemberData(nameof(Options))]
    public void Only_predictions_of_hidden_patches_get_gradients(FeatureTargetOptions options)
    {
        Run(options).Loss.backward();
        var hidden = zeros(Batch, 1 + Patches, ScalarType.Bool)
            .scatter(1, mask.Hidden + 1, ones_like(mask.Hidden, ScalarType.Bool));
        Assert.True(prediction.grad!.ne(0).any(2).Equals(hidden));
        Assert.Null(teacher.grad);
    }

    [Fact]
    public void The_spread_is_zero_where_all_features_are_alike_whatever_their_length()
    {
        var (row, lengths) = (Draws.Normal("row", Width), Draws.Normal("lengths", Batch, 1 + Patches, 1).abs() + 0.1f);
        Assert.Equal(0, Run(new(), tokens: lengths * row).Spread.item<float>(), 1e-5);
        Assert.InRange(Run(new()).Spread.item<float>(), 0.8, 1.1);
    }

    [Fact]
    public void It_is_computed_in_fp32_whatever_the_model_computes_in()
    {
        var (rounded, tokens) = (prediction.detach().to(ScalarType.BFloat16), teacher.detach().to(ScalarType.BFloat16));
        var expected = Run(new(), rounded.to(ScalarType.Float32), tokens: tokens.to(ScalarType.Float32)).Loss;
        var actual = Run(new(), rounded.requires_grad_(), tokens: tokens).Loss;
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.Equal(expected.item<float>(), actual.item<float>());
    }

    [Fact]
    public void It_leaves_the_loss_and_the_spread_alone_and_changes_nothing_that_it_reads()
    {
        var (tokens, restore) = (teacher.detach().clone(), mask.Restore.clone());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Run(new());
        // Until the step ends, these stay: the teacher's detached tokens, the images' numbers, their errors, and the
        // sum of the errors.
        Assert.Equal(before + 6, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(tokens.Equals(teacher) && restore.Equals(mask.Restore));
    }

    [Fact]
    public void The_decoder_predicts_tokens_of_the_teachers_width()
    {
        FeatureShape.Make(new(48), default, out var own);
        FeatureShape.Make(new(48), new Maybe<TeacherShape>(new(96)), out var other);
        Assert.Equal((48, 96), (own.Width, other.Width));
        var registered = Registrations.Of(new FeatureTargetPlugin());
        Assert.Equal([("target", "features", typeof(FeatureTargetOptions))], registered.Components);
        Assert.Equal([Stage.Objective, Stage.Setup],
            registered.Systems.Values.Select(system => system.Stage).OrderDescending());
    }

    (Tensor Loss, Tensor Spread) Run(FeatureTargetOptions options, Tensor? predicted = null, PatchMask? rows = null,
        ImageSelection? selection = null, Tensor? tokens = null)
    {
        var (losses, metrics) = (new Append<LossTerm>("arm"), new Append<Metric>("arm"));
        FeatureLoss.Loss(options, new(predicted ?? prediction, rows ?? mask), new(tokens ?? teacher, 1),
            selection is null ? default : new(selection), new(1), losses, metrics);
        var (term, metric) = (Assert.Single(new Collected<LossTerm>(losses)),
            Assert.Single(new Collected<Metric>(metrics)));
        Assert.Equal(("features", options.Weight, "features.spread"), (term.Name, term.Weight, metric.Name));
        return (term.Value, metric.Value);
    }

    static long[][] Lists(Tensor numbers) =>
        [.. Enumerable.Range(0, (int)numbers.shape[0]).Select(row => numbers[row].data<long>().ToArray())];
}
