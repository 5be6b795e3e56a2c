using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Hides the patches that a teacher attends to most.</summary>
static class AttendedMasking
{
    /// <summary>Makes the mask after the teacher's pass, whose attention the method reads.</summary>
    public static void Mask(in AttendedMaskingOptions options, in PatchShape shape, in TeacherAttention teacher,
        in MaskNoise noise, in Step step, in RunLength length, in BatchParts cut, out PatchMask mask)
    {
        using var constant = no_grad();
        var ranks = cut.Run(null, static part => PatchRanks.Of(part[0].mean([1L]), part[1]),
            [teacher.Weights, noise.For(shape.Grid)]);
        mask = PatchMask.KeepSmallest(ranks, options.Visible(shape.Grid.Count, step.Number, length.Steps));
    }
}
