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
    public void Key_image_caption_and_class_count_and_a_bad_sample_is_one_too()
    {
        string Of(Sample sample) => SourceShard.OfSamples(new Source(1, _ => sample)).Content;
        Sample plain = new("key", "image"u8.ToArray(), "caption", 1);
        string[] all = [Of(plain), Of(plain with { Key = "other" }), Of(plain with { Image = "imagf"u8.ToArray() }),
            Of(plain with { Caption = null }), Of(plain with { Class = 2 }),
            SourceShard.OfSamples(new Source(1, _ => throw new SampleException("it is broken"))).Content];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    static SourceShard Part(int count, Func<int, string> caption) =>
        Assert.Single(((ISource)new Source(count, i => new($"{i}", Encoding.UTF8.GetBytes("image"), caption(i), null)))
        .Shards());

    sealed class Source(int count, Func<int, Sample> read) : ISource
    {
        public int Count => count;

        public Sample Read(int index) => read(index);

        public void Dispose()
        {
        }
    }
}
