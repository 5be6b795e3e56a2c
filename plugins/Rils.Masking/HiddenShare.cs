using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Computes how many patches a ratio hides, and finds ratios that hide all or none.</summary>
static class HiddenShare
{
    /// <summary>How many patches stay visible: int(L(1 - ratio)), rounded down in double precision, as the authors'
    /// int() does: with 10 patches and ratio 0.9 none stays visible.</summary>
    public static int Visible(double ratio, int patches) => (int)(patches * (1 - ratio));

    /// <summary>Says what to change where a ratio hides all patches or none; null where the ratio is right.</summary>
    public static string? Mistake(double ratio, int patches, string key = "ratio")
    {
        var visible = Visible(ratio, patches);
        return visible == 0 ? $"{key} = {ratio} hides all of the {patches} patches; give a smaller ratio"
            : visible == patches ? $"{key} = {ratio} hides none of the {patches} patches; give a larger ratio" : null;
    }

    /// <summary>Reports <see cref="Mistake"/> for the ratio of an options record, <c>Ratio</c> or
    /// <c>RatioEnd</c>.</summary>
    public static IEnumerable<ValidationResult> Validate(
        double ratio, ValidationContext context, string property = "Ratio")
    {
        if (context.GetService(typeof(PatchShape)) is PatchShape patches
            && Mistake(ratio, patches.Grid.Count, property == "Ratio" ? "ratio" : "ratio_end") is { } mistake)
            yield return new(mistake, [property]);
    }
}
