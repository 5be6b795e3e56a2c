using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Execution;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>The engine refuses masks that do not partition the patches, whether a slot or a plugin's own system makes
/// them.</summary>
public sealed class PatchMaskTests : IDisposable
{
    const string Decoded =
        "decoder = { kind = \"mae\", width = 8 }\ntarget = { kind = \"pixel\" }\nobjective = \"none\"";
    static readonly string Mae = $"[[arm]]\nname = \"odd\"\nmasking = {StrangeExperiment.Kind}\n{Decoded}";

    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    sealed class Changed(Func<PatchMask, PatchMask?> change, int visible) : IMasking
    {
        public int Visible(int patches) => visible;

        public PatchMask Mask(Tensor noise, PatchGrid grid) => change(PatchMask.KeepSmallest(noise, 4))!;
    }

    string Failure(Func<PatchMask, PatchMask?> change, int visible = 4) =>
        strange.Failure(rils => rils.Masking<StrangePlugin.None>("strange", (_, _) => new Changed(change, visible)),
            Mae);

    [Fact]
    public void Null() => Assert.StartsWith(
        "mask of arm odd failed at step 0: PatchMask of Changed (plugin Rils.Engine.Tests): expected a value, got null",
        Failure(_ => null));

    [Fact]
    public void Another_count_than_promised() => Assert.StartsWith(
        "mask of arm odd failed at step 0: PatchMask.Visible of Changed (plugin Rils.Engine.Tests): "
            + "expected [batch, visible] = [12, 5], got [12, 4]", Failure(mask => mask, visible: 5));

    [Fact]
    public void A_patch_that_is_visible_and_hidden() => Assert.Contains(
        "PatchMask of Changed (plugin Rils.Engine.Tests): expected each of the patches 0 to 15 once in every image, "
            + "visible or hidden, got [",
        Failure(mask => mask with { Hidden = mask.Hidden.index_copy(1, tensor(0L), mask.Visible.narrow(1, 0, 1)) }));

    [Fact]
    public void A_patch_that_does_not_exist() => Assert.Contains(
        "once in every image, visible or hidden, got [", Failure(mask => mask with { Visible = mask.Visible + 100 }));

    [Fact]
    public void Some_patches_left_out() => Assert.Contains(
        "PatchMask.Hidden of Changed (plugin Rils.Engine.Tests): expected [batch, hidden] = [12, 12], got [12, 11]",
        Failure(mask => mask with { Hidden = mask.Hidden.narrow(1, 0, 11) }));

    [Fact]
    public void Fewer_images() => Assert.Contains(
        "PatchMask.Visible of Changed (plugin Rils.Engine.Tests): expected [batch, visible] = [12, 4], got [6, 4]",
        Failure(mask => new(mask.Visible.narrow(0, 0, 6), mask.Hidden.narrow(0, 0, 6), mask.Restore.narrow(0, 0, 6))));

    [Fact]
    public void An_order_that_does_not_restore() => Assert.Contains(
        "PatchMask.Restore of Changed (plugin Rils.Engine.Tests): "
            + "expected where each patch stands in visible-then-hidden order, got [",
        Failure(mask => mask with { Restore = mask.Restore.flip(1) }));

    [Fact]
    public void Another_type() =>
        Assert.Contains("expected int64, got Int32",
        Failure(mask => mask with { Restore = mask.Restore.to(ScalarType.Int32) }));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(17)]
    public void A_count_that_cannot_be_is_told_before_training(int visible) => Assert.Contains(
        $"[masking] of kind strange/strange says that {visible} of the 16 patches stay visible: "
            + "an image keeps at least one, and at most all",
        Assert.Throws<ExperimentException>(
            () =>
                strange.Refusal(rils => rils.Masking<StrangePlugin.None>("strange",
                (_, _) => new Changed(mask => mask, visible)), Mae)).Message);

    static void Left(in PatchShape shape, in MaskNoise noise, out PatchMask mask) =>
        mask = PatchMask.KeepSmallest(noise.For(shape.Grid), 6);

    static void Doubled(in PatchShape shape, in MaskNoise noise, out PatchMask mask)
    {
        Left(shape, noise, out mask);
        mask = mask with { Hidden = mask.Visible.repeat(1, 2).narrow(1, 0, 10) };
    }

    delegate void MakeMask(in PatchShape shape, in MaskNoise noise, out PatchMask mask);

    [Fact]
    public void A_plugins_own_system_is_named_for_its_mask() => Assert.StartsWith(
        "doubled of arm odd failed at step 0: PatchMask of doubled (plugin Strange): "
            + "expected each of the patches 0 to 15 once",
        strange.Failure(rils => rils.System(Stage.Forward, "doubled", Doubled), $"[[arm]]\nname = \"odd\"\n{Decoded}"));

    /// <summary>Without [masking] the number of visible patches is unknown. The cost counts the other passes, and lists
    /// the passes that it could not count.</summary>
    [Fact]
    public void An_arm_whose_masks_a_plugins_own_system_makes_is_counted_as_far_as_can_be_and_trains()
    {
        static void Configure(IRilsBuilder rils) => rils.System(Stage.Forward, "left", Left);
        var file = strange.Tiny.Write($"[[arm]]\nname = \"odd\"\n{Decoded.Replace("objective = \"none\"", "")}");
        var (experiment, _) = strange.Load(Configure, file);
        using (experiment)
        {
            var cost = Assert.Single(ArmCost.Of(experiment));
            Assert.Equal(["visible patches", "decoder"], cost.Uncounted);
            Assert.Equal(["images", "texts", "image projection", "text projection"],
                cost.Passes.Select(pass => pass.Key));
            Assert.True(cost.Training > 0);
        }
        Assert.Null(Assert.Single(strange.Run("own", Configure, file, null, default, "steps=3")).Failure);
    }

    sealed record CountedOptions : IMaskingOptions
    {
        public int First { get; init; } = 6;

        public int Last { get; init; } = 6;

        public int Visible(int patches, long step, long steps) => step == steps - 1 ? Last : First;
    }

    static void Counted(in CountedOptions options, in PatchShape shape, in MaskNoise noise, out PatchMask mask) =>
        mask = PatchMask.KeepSmallest(noise.For(shape.Grid), 6);

    static void Configured(IRilsBuilder rils) => rils.Masking<CountedOptions>("strange")
        .System(Stage.Forward, "counted", Counted);

    static string Of(string options) =>
        $"[[arm]]\nname = \"odd\"\nmasking = {{ kind = \"strange\"{options} }}\n{Decoded}";

    [Fact]
    public void A_kind_whose_mask_a_system_makes_is_counted_and_trains()
    {
        var file = strange.Tiny.Write(Of(""));
        var (experiment, _) = strange.Load(Configured, file);
        using (experiment)
        {
            var cost = Assert.Single(ArmCost.Of(experiment));
            Assert.Empty(cost.Uncounted);
            Assert.Contains("visible patches", cost.Passes.Select(pass => pass.Key));
        }
        Assert.Null(Assert.Single(strange.Run("counted", Configured, file, null, default, "steps=3")).Failure);
    }

    [Fact]
    public void Another_count_than_the_options_tell_is_named_for_the_system() => Assert.StartsWith(
        "counted of arm odd failed at step 0: PatchMask.Visible of counted (plugin Strange): "
            + "expected [batch, visible] = [12, 5], got [12, 6]", strange.Failure(Configured, Of(", first = 5")));

    [Fact]
    public void A_count_that_cannot_be_in_a_later_step_is_told_before_training_with_the_step() => Assert.Contains(
        "[masking] of kind strange/strange says that 0 of the 16 patches stay visible in step 5: "
            + "an image keeps at least one, and at most all",
        Assert.Throws<ExperimentException>(() => strange.Refusal(Configured, Of(", last = 0"))).Message);

    [Fact]
    public void Options_that_do_not_tell_the_count_are_refused() => Assert.Contains(
        "registers the component [masking] with None, which is no IMaskingOptions",
        Assert.ThrowsAny<Exception>(() => strange.Refusal(
            static rils => rils.Component<StrangePlugin.None>("masking", "strange"), Of(""))).Message);
}
