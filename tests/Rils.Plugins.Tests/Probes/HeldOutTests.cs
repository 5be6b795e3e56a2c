using Rils.Contract;
using Rils.Probes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

public sealed class HeldOutTests
{
    [Fact]
    public void A_fifth_of_each_class_is_held_out_and_at_least_one_is_kept()
    {
        int[] sizes = [50, 12, 7, 3, 2, 1];
        int[] classes = [.. sizes.SelectMany((size, own) => Enumerable.Repeat(own, size))];
        var (kept, held) = HeldOut.Split(Data(classes, [.. classes.Select((_, place) => $"sample {place}")]));
        Assert.Equal(Enumerable.Range(0, classes.Length), kept.Concat(held).Order());
        Assert.Equal([10, 2, 1, 1, 0, 0],
            Enumerable.Range(0, 6).Select(own => held.Count(place => classes[place] == own)));
    }

    [Fact]
    public void What_is_held_out_follows_from_the_keys_whatever_their_order()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i % 4)];
        string[] keys = [.. Enumerable.Range(0, 60).Select(i => $"sample {i}")];
        var order = RandomStream.Root(1).Draw().Permutation(60);
        var plain = HeldOut.Split(Data(classes, keys)).Held.Select(place => keys[place]);
        var mixed = HeldOut.Split(Data([.. order.Select(i => classes[i])],
            [.. order.Select(i => keys[i])])).Held.Select(place => keys[order[place]]);
        Assert.Equal(plain.Order(), mixed.Order());
    }

    static Labelled Data(int[] classes, string[] keys) => new(zeros(0), classes, keys);
}
