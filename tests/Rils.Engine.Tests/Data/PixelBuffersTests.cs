using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Data;

public sealed class PixelBuffersTests
{
    readonly PixelBuffers buffers = new(4);

    [Fact]
    public void Frames_in_flight_have_memory_of_their_own()
    {
        using var one = buffers.Take(8);
        using var other = buffers.Take(8);
        one.fill_(1);
        other.fill_(2);
        Assert.Equal([4, 3, 8, 8], one.shape);
        Assert.All(one.bytes.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void What_a_frame_gives_back_is_used_again()
    {
        for (var step = 0; step < 20; step++)
        {
            LoadedPixels[] flying =
                [.. Enumerable.Range(0, 3).Select(_ => new LoadedPixels(buffers.Take(8), [], buffers.Return))];
            Assert.Equal(3,
                flying.Select(frame => frame.Pixels).Distinct<Tensor>(ReferenceEqualityComparer.Instance).Count());
            foreach (var frame in flying) frame.Dispose();
        }
        Assert.Equal(3, buffers.Made);
        buffers.Return(buffers.Take(6));
        Assert.Equal([4, 3, 6, 6], buffers.Take(6).shape);
        Assert.Equal(4, buffers.Made);
        Assert.Equal([4, 3, 8, 8], buffers.Take(8).shape);
        Assert.Equal(4, buffers.Made);
    }

    [Fact]
    public void Without_a_device_that_copies_from_it_memory_cannot_be_pinned_and_that_is_said()
    {
        using var pinned = new PixelBuffers(4, isPinned: true);
        Assert.Contains("could not pin memory", Assert.Throws<InvalidOperationException>(() => pinned.Take(8)).Message);
    }
}
