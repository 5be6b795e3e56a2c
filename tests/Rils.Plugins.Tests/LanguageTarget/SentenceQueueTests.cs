using Rils.Contract;
using Rils.LanguageTarget;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

public sealed class SentenceQueueTests
{
    [Theory]
    [InlineData(4, 3)]
    [InlineData(7, 3)]
    [InlineData(9, 3)]
    [InlineData(3, 3)]
    [InlineData(2, 3)] // a batch is more than it holds
    [InlineData(0, 3)]
    public void It_holds_the_last_sentences_of_all_that_came(int length, int batch)
    {
        using var scope = NewDisposeScope();
        var queue = Queue(length);
        List<float> came = []; // the first number of a unit vector knows it
        for (var step = 0; step < 12; step++)
        {
            Assert.Equal(came.TakeLast(length).Order(), queue.Past(step, batch).select(1, 0).data<float>().Order());
            var sentences = Draws.Leaf($"step {step}", batch, 5);
            queue.Push(step, sentences);
            came.AddRange(nn.functional.normalize(sentences.detach(), dim: -1).select(1, 0).data<float>());
        }
    }

    [Fact]
    public void The_oldest_go_first()
    {
        using var scope = NewDisposeScope();
        var queue = Queue(5);
        for (var step = 0; step < 3; step++) queue.Push(step, eye(3).index_select(0, full(2, step, ScalarType.Int64)));
        // Six came, the first is gone: 2 2 1 1 0 in time, in a ring the sixth lies where the first was.
        Assert.Equal([2, 0, 1, 1, 2], queue.Past(3, 2).argmax(1).data<long>());
    }

    [Fact]
    public void A_checkpoint_holds_it_where_there_is_one()
    {
        using var scope = NewDisposeScope();
        Assert.Empty(Queue(0).Tensors);
        var queue = Queue(4);
        Assert.Equal([4, 5], queue.Tensors["sentences"].shape);
        ((IDisposable)queue).Dispose();
        Assert.True(queue.Ring.IsInvalid);
    }

    [Fact]
    public void Nothing_is_left_over_by_a_push()
    {
        using var scope = NewDisposeScope();
        var (queue, sentences) = (Queue(4), Draws.Leaf("sentences", 3, 5));
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        queue.Push(1, sentences);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.False(queue.Ring.requires_grad);
    }

    static SentenceQueue Queue(int length)
    {
        LanguageQueue.Setup(new() { Queue = length }, new IdentitySpace(length == 5 ? 3 : 5),
            new("cpu"), out var queue);
        return queue;
    }
}
