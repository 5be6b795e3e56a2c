using Rils.Contract;
using Rils.Testing.Tensors;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>Checks of <c>[masking]</c>.</summary>
static class MaskingChecks
{
    const int Images = 6;

    static readonly PatchGrid[] grids = [new(4, 4), new(6, 6), new(14, 14)];

    public static IEnumerable<Fault> Partition(IMasking masking)
    {
        foreach (var grid in Grids(masking))
        {
            var (patches, visible) = (grid.Count, masking.Visible(grid.Count));
            var mask = masking.Mask(TinyBatch.Noise(Images, patches), grid);
            var told = $"of a grid of {grid.Rows} x {grid.Columns} patches";
            if (visible < 1 || visible >= patches)
                yield return new($"Visible tells {visible} {told}", "tell 1 to all but one of the patches");
            if (!HasShape(mask.Visible, visible) || !HasShape(mask.Hidden, patches - visible)
                || !HasShape(mask.Restore, patches))
            {
                yield return new($"the mask {told} is not int64 [{Images}, {visible}] visible, "
                    + $"[{Images}, {patches - visible}] hidden and [{Images}, {patches}] to restore, as Visible tells",
                    "keep as many patches of every image as Visible tells: PatchMask.KeepSmallest(scores, visible)");
                continue;
            }
            var order = cat([mask.Visible, mask.Hidden], 1);
            if (!order.sort(1).Values.Equals(arange(patches).expand(Images, patches)))
                yield return new($"the mask {told} lists a patch twice, or leaves one out",
                    "put every patch of every image into Visible or into Hidden, once");
            else if (!mask.Restore.Equals(order.argsort(1)))
                yield return new($"Restore {told} is not the place of each patch in visible, then hidden",
                    "return cat(visible, hidden).argsort(1)");
        }
    }

    public static IEnumerable<Fault> KeepsNoise(IMasking masking)
    {
        foreach (var grid in Grids(masking))
        {
            var noise = TinyBatch.Noise(Images, grid.Count);
            var before = noise.clone();
            masking.Mask(noise, grid);
            if (!noise.Equals(before))
                yield return new("Mask changes the noise", "use operations without the trailing underscore");
        }
    }

    public static IEnumerable<Fault> Disposes(IMasking masking)
    {
        foreach (var grid in Grids(masking))
        {
            var noise = TinyBatch.Noise(Images, grid.Count);
            masking.Mask(noise, grid);
            if (Live.After(() => masking.Mask(noise, grid)) is var left and > 0)
                yield return new($"Mask leaves {left} tensors alive when the step's dispose scope ends",
                    "detach no tensor from its dispose scope, and keep none");
        }
    }

    public static IEnumerable<Fault> Repeats(IMasking masking)
    {
        foreach (var grid in Grids(masking))
        {
            var noise = TinyBatch.Noise(Images, grid.Count);
            if (!masking.Mask(noise, grid).Hidden.Equals(masking.Mask(noise, grid).Hidden))
                yield return new("Mask hides other patches for the same noise",
                    "decide by the noise alone: arms that are compared get the same");
        }
    }

    public static IEnumerable<Fault> KeepsSamplesApart(IMasking masking)
    {
        foreach (var grid in Grids(masking))
        {
            var noise = TinyBatch.Noise(Images, grid.Count);
            var chosen = tensor(new long[] { 4, 1 });
            if (!masking.Mask(noise.index_select(0, chosen), grid).Hidden.Equals(
                masking.Mask(noise, grid).Hidden.index_select(0, chosen)))
                yield return new("the mask of an image depends on the images beside it",
                    "decide each row by its own noise");
        }
    }

    public static IEnumerable<Fault> TellsVisible(IMaskingOptions options)
    {
        const int Patches = 196, Steps = 20;
        foreach (var step in Enumerable.Range(0, Steps))
            if (options.Visible(Patches, step, Steps) is var visible and (< 1 or >= Patches))
            {
                yield return new($"Visible tells {visible} of {Patches} patches for step {step} of {Steps}",
                    "tell 1 to all but one of the patches");
                yield break;
            }
    }

    static bool HasShape(Tensor numbers, int columns) =>
        numbers.dtype == ScalarType.Int64 && numbers.shape.SequenceEqual([Images, columns]);

    /// <summary>The grids that the masking takes: it may refuse one by an <see cref="ArgumentException"/>.</summary>
    static IEnumerable<PatchGrid> Grids(IMasking masking) => grids.Where(grid =>
    {
        try
        {
            return masking.Visible(grid.Count) > int.MinValue;
        }
        catch (ArgumentException)
        {
            return false;
        }
    });
}
