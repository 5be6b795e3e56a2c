using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

public sealed class GridMaskingTests
{
    [Theory]
    [InlineData(14, 14, 0.75, 2, 1)]
    [InlineData(8, 12, 0.75, 2, 1)]
    [InlineData(8, 8, 0.5, 2, 2)]
    [InlineData(16, 16, 0.9375, 4, 1)]
    public void Every_cell_keeps_the_same_places(int rows, int columns, double ratio, int cell, int kept)
    {
        using var scope = NewDisposeScope();
        var mask = Masks.Of("grid", ratio).Mask(Masks.Noise(256, rows * columns, 4), new(rows, columns));
        List<(long, long)> starts = [];
        foreach (var (visible, _) in Masks.Rows(mask))
        {
            var places = visible.CountBy(patch => (patch / columns % cell, patch % columns % cell)).ToArray();
            Assert.Equal(kept, places.Length);
            Assert.All(places, place => Assert.Equal(rows * columns / cell / cell, place.Value));
            starts.Add(places.Min(place => place.Key));
        }
        Assert.Equal(cell * cell / kept, starts.Distinct().Count()); // where the grid lies is drawn
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(5, 9)]
    public void Where_cells_do_not_divide_the_image_no_two_visible_patches_touch(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var grid = new PatchGrid(rows, columns);
        foreach (var (visible, _) in Masks.Rows(Masks.Of("grid", 0.75).Mask(Masks.Noise(64, grid.Count, 4), grid)))
            foreach (var patch in visible)
            {
                if ((patch + 1) % columns > 0) Assert.DoesNotContain(patch + 1, visible);
                Assert.DoesNotContain(patch + columns, visible);
            }
    }

    [Fact]
    public void The_grid_goes_through_the_patch_with_the_least_noise()
    {
        using var scope = NewDisposeScope();
        var noise = Masks.Noise(32, 63, 4);
        foreach (var (least, (visible, _)) in noise.argmin(1).data<long>()
            .Zip(Masks.Rows(Masks.Of("grid", 0.75).Mask(noise, new(7, 9)))))
            Assert.Equal(least, visible[0]);
    }
}
