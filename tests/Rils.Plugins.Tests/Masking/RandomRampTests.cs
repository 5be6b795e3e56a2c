using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Masking;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

/// <summary>Random masking whose ratio changes over the run.</summary>
public sealed class RandomRampTests
{
    static readonly PatchShape Shape = new(new(4, 5), 8, 1);

    static PatchMask Mask(RandomRampOptions options, Tensor noise, long step, long steps)
    {
        RandomRamp.Mask(options, Shape, new(new Dictionary<int, Tensor> { [20] = noise }), new(step), new(steps),
            out var mask);
        return mask;
    }

    [Theory]
    [InlineData(RampShape.Linear, new[] { 10, 8, 7, 6, 5 })]
    [InlineData(RampShape.Cosine, new[] { 10, 9, 7, 5, 5 })]
    public void The_number_of_visible_patches_goes_from_the_first_ratio_to_the_last(RampShape shape, int[] visible)
    {
        using var scope = NewDisposeScope();
        var (options, noise) = (new RandomRampOptions { Shape = shape }, Draws.Normal("noise", 3, 20));
        Assert.Equal(visible,
            Enumerable.Range(0, 5).Select(step => (int)Mask(options, noise, step, 5).Visible.shape[1]));
        Assert.Equal(visible, Enumerable.Range(0, 5).Select(step => options.Visible(20, step, 5)));
    }

    [Fact]
    public void A_later_mask_hides_what_an_earlier_one_hides_for_the_same_noise()
    {
        using var scope = NewDisposeScope();
        var noise = Draws.Normal("noise", 3, 20);
        foreach (var step in Enumerable.Range(0, 9))
            foreach (var (less, more) in Masks.Rows(Mask(new(), noise, step, 10))
                .Zip(Masks.Rows(Mask(new(), noise, step + 1, 10))))
                Assert.Subset(more.Hidden.ToHashSet(), less.Hidden.ToHashSet());
    }

    [Fact]
    public void With_equal_ratios_the_mask_is_that_of_random_masking()
    {
        using var scope = NewDisposeScope();
        var noise = Draws.Normal("noise", 3, 20);
        var random = new RankedMasking(0.75, static (given, _) => given).Mask(noise, Shape.Grid);
        var mask = Mask(new() { Ratio = 0.75 }, noise, 3, 10);
        Assert.True(mask.Visible.Equals(random.Visible) && mask.Restore.Equals(random.Restore));
    }

    [Fact]
    public void A_run_of_one_step_has_the_first_ratio() => Assert.Equal(10, new RandomRampOptions().Visible(20, 0, 1));

    [Fact]
    public void A_last_ratio_that_hides_all_is_told_by_its_key()
    {
        var options = new RandomRampOptions { RatioEnd = 0.99 };
        var context = new ValidationContext(options);
        context.InitializeServiceProvider(type => type == typeof(PatchShape) ? Shape : null);
        var mistake = Assert.Single(options.Validate(context));
        Assert.Equal("ratio_end = 0.99 hides all of the 20 patches; give a smaller ratio", mistake.ErrorMessage);
        Assert.Equal(["RatioEnd"], mistake.MemberNames);
    }
}
