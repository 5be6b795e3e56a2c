using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>How many patches a ratio hides.</summary>
static class HiddenShare
{
    /// <summary>How many stay visible: int(L(1 - ratio)), rounded down as the authors' int() does, in double precision: of 10 patches, 0.9 keeps none.</summary>
    public static int Visible(double ratio, int patches) => (int)(patches * (1 - ratio));

    /// <summary>Says what to change where all patches would be hidden, or none.</summary>
    public static string? Mistake(double ratio, int patches)
    {
        var visible = Visible(ratio, patches);
        return visible == 0 ? $"ratio = {ratio} hides all of the {patches} patches; give a smaller ratio"
            : visible == patches ? $"ratio = {ratio} hides none of the {patches} patches; give a larger ratio" : null;
    }

    /// <summary>The same, of an options record whose key is <c>ratio</c>.</summary>
    public static IEnumerable<ValidationResult> Validate(double ratio, ValidationContext context)
    {
        if (context.GetService(typeof(BackboneShape)) is BackboneShape backbone && Mistake(ratio, backbone.Grid.Count) is { } mistake)
            yield return new(mistake, ["Ratio"]);
    }
}
