using Rils.Contract;
using Rils.Masking;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

static class Masks
{
    public static readonly string[] Names = ["random", "block", "grid"];

    public static TheoryData<string> Kinds => [.. Names];

    public static IMasking Of(string kind, double ratio) => kind switch
    {
        "random" => new RankedMasking(ratio, static (noise, _) => noise),
        "block" => new RankedMasking(ratio, BlockOrder.Scores),
        _ => new RankedMasking(ratio, GridOrder.Scores),
    };

    /// <summary>Mask noise as the host lane draws it, uniform in 0..1, [batch, patches].</summary>
    public static Tensor Noise(int batch, int patches, int seed)
    {
        var values = new float[batch * patches];
        RandomStream.Root(seed).Draw().FillUniform(values);
        return tensor(values, [batch, patches]);
    }

    public static IEnumerable<(long[] Visible, long[] Hidden)> Rows(PatchMask mask) =>
        Enumerable.Range(0, (int)mask.Visible.shape[0])
            .Select(row => (mask.Visible[row].data<long>().ToArray(), mask.Hidden[row].data<long>().ToArray()));

    /// <summary>The share of a hidden patch's neighbours that are hidden, over all hidden patches of all
    /// images.</summary>
    public static double HiddenNeighbours(PatchMask mask, PatchGrid grid)
    {
        var (hidden, of) = (0, 0);
        foreach (var row in Rows(mask).Select(row => row.Hidden.ToHashSet()))
            foreach (var patch in row)
                foreach (var (down, right) in (ReadOnlySpan<(int, int)>)[(0, 1), (1, 0), (0, -1), (-1, 0)])
                {
                    var (y, x) = ((int)patch / grid.Columns + down, (int)patch % grid.Columns + right);
                    if (y < 0 || x < 0 || y >= grid.Rows || x >= grid.Columns) continue;
                    of++;
                    if (row.Contains(y * grid.Columns + x)) hidden++;
                }
        return (double)hidden / of;
    }
}
