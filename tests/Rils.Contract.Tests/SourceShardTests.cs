using System.Text;
using Rils.Contract;

namespace Rils.Tests.Abstractions;

/// <summary>The shard that stands for a source which does not list its shards.</summary>
public sealed class SourceShardTests
{
    [Fact]
    public void Sixty_four_samples_stand_for_all_and_where_there_are_no_more_they_are_all()
    {
        Assert.Equal("64 of 1000 samples", Part(1000, _ => "x").Name);
        Assert.Equal("5 of 5 samples", Part(5, _ => "x").Name);
        Assert.Equal("0 of 0 samples", Part(0, _ => "x").Name);
        Assert.Equal(Part(1000, i => $"{i}"), Part(1000, i => $"{i}"));
        // The 64 samples include the first and not its neighbour.
        Assert.NotEqual(Part(1000, i => $"{i}").Content, Part(1000, i => i == 0 ? "other" : $"{i}").Content);
        Assert.Equal(Part(1000, i => $"{i}").Content, Part(1000, i => i == 1 ? "other" : $"{i}").Content);
    }

    [Fact]
    public void Key_image_and_all_components_count_and_a_bad_sample_is_one_too()
    {
        string Of(Sample sample) => SourceShard.OfSamples(new Source(1, _ => sample)).Content;
        var plain = new Sample("key", "image"u8.ToArray()).With(new Captions("caption")).With(new Label(1));
        var depth = plain.With(new Depth([1, 2], new("near")));
        string[] all = [Of(plain), Of(plain with { Key = "other" }), Of(plain with { Image = "imagf"u8.ToArray() }),
            Of(plain.With(new Captions("other"))), Of(plain.With(new Captions(["caption", "other"]))),
            Of(plain.With(new Captions(["caption"], [2]))), Of(plain.With(new Label(2))), Of(depth),
            Of(plain.With(new Depth([1, 3], new("near")))), Of(plain.With(new Depth([1, 2], new("far")))),
            SourceShard.OfSamples(new Source(1, _ => throw new SampleException("it is broken"))).Content];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(Of(depth), Of(plain.With(new Depth([1, 2], new("near")))));
    }

    /// <summary>A plugin's own component, with a list and a record in it.</summary>
    sealed record Depth(IReadOnlyList<int> Metres, Unit Unit);

    sealed record Unit(string Name);

    static SourceShard Part(int count, Func<int, string> caption) =>
        Assert.Single(((ISource)new Source(count, i => new Sample(
            $"{i}", Encoding.UTF8.GetBytes("image")).With(new Captions(caption(i)))))
        .Shards());

    sealed class Source(int count, Func<int, Sample> read) : ISource
    {
        public int Count => count;

        public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label), typeof(Depth)];

        public Sample Read(int index, IReadOnlySet<Type> wanted) => read(index);

        public void Dispose()
        {
        }
    }
}
