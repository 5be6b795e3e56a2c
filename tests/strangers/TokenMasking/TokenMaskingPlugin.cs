using System;
using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

public sealed class TokenMaskingPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils
        .Masking<LargestOptions>("largest")
        .System(Stage.Forward, "masking.largest", Mask);

    static void Mask(in LargestOptions options, in PatchShape shape, in TeacherTokens teacher, in MaskNoise noise,
        in Step step, in RunLength length, out PatchMask mask)
    {
        using var constant = no_grad();
        var patches = teacher.Tokens.narrow(1, teacher.Prefix, shape.Grid.Count).to(ScalarType.Float32);
        var norms = patches.norm(2);    // over the width: [batch, patches]
        var scores = norms * (1 + options.Jitter * (noise.For(shape.Grid) - 0.5));
        mask = PatchMask.KeepSmallest(scores, options.Visible(shape.Grid.Count, step.Number, length.Steps));
    }
}

/// <summary>Hides the patches whose tokens are largest in the teacher's pass, or in the arm's own.</summary>
public sealed record LargestOptions : IMaskingOptions
{
    /// <summary>Share of the patches that is hidden.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.75;

    /// <summary>How far noise moves a norm, as a share of it: 0 hides the very largest in each epoch.</summary>
    [Range(0.0, 2.0)]
    public double Jitter { get; init; } = 0.1;

    public int Visible(int patches, long step, long steps) => Math.Clamp((int)(patches * (1 - Ratio)), 1, patches - 1);
}
