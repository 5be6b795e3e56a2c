using Rils.Contract;
using Rils.Engine.Training;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>Captions encoded in groups of their length are captions encoded together.</summary>
public sealed class CaptionGroupsTests : IDisposable
{
    const int Vocabulary = 50, Context = 24;
    readonly DisposeScope scope = NewDisposeScope();
    readonly TextTransformer text = new(new() { Context = Context, Width = 16, Depth = 2, Heads = 2 }, Vocabulary);
    readonly Random random = new(3);

    public CaptionGroupsTests() => text.Initialize(RandomStream.Root(1));

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1, Context)]
    [InlineData(15, Context)]
    [InlineData(33, Context)]
    [InlineData(70, Context)]
    [InlineData(70, 60)] // longer than the encoder takes, for an arm beside it
    public void Rows_and_gradients_are_those_of_the_whole_batch(int count, int longest)
    {
        var lengths = Lengths(count, longest);
        var tokens = TokenBatch.Pad([.. lengths.Select(Caption)], longest);
        Tensor[] Gradients(Func<Tensor> encode)
        {
            foreach (var parameter in text.parameters()) parameter.grad = zeros_like(parameter);
            var rows = encode();
            (rows * arange(rows.numel()).view(rows.shape)).sum().backward();
            return [rows, .. text.parameters().Select(parameter => parameter.grad!)];
        }
        var whole = Gradients(() => text.Encode(tokens));
        var groups = CaptionGroups.Of(lengths, Context);
        var grouped = Gradients(() => groups.Encode(tokens, text.Encode));
        Assert.Equal(count >= 16, groups.Groups.Count > 1);
        foreach (var (expected, actual) in whole.Zip(grouped))
            GoldenAssert.CloseInNorm(expected, actual, 5e-6, "rows and gradients");
    }

    [Fact]
    public void A_caption_has_room_and_little_more_whatever_the_lengths()
    {
        for (var round = 0; round < 200; round++)
        {
            var lengths = Lengths(1 + random.Next(100), 2 + random.Next(60));
            var groups = CaptionGroups.Of(lengths, Context);
            Assert.Equal(lengths.Length, groups.Groups.Sum(group => group.Count));
            var rooms = groups.Groups.SelectMany(group => Enumerable.Repeat(group.Tokens, group.Count)).ToArray();
            Assert.All(lengths.Order().Zip(rooms),
                pair => Assert.InRange(Math.Min(Context, pair.First), 1, pair.Second));
            Assert.InRange(rooms.Max(), 1, Math.Min(Context, (lengths.Max() + 3) / 4 * 4));
            Assert.Equal(
                rooms.Average(), CaptionGroups.Mean(new(lengths, 1, CaptionParts: 1), Context, tokens => tokens), 9);
        }
    }

    /// <summary>Whoever trains beside it: where another arm has a longer context, captions come longer.</summary>
    [Fact]
    public void Groups_do_not_depend_on_how_long_captions_are_beyond_the_context()
    {
        var lengths = Lengths(64, 70);
        var (given, cut) = (CaptionGroups.Of(lengths, Context),
            CaptionGroups.Of([.. lengths.Select(length => Math.Min(length, Context))], Context));
        Assert.Equal(cut.Groups, given.Groups);
        Tensor Encoded(CaptionGroups groups, int context) => groups.Encode(
            TokenBatch.Pad([.. lengths.Select(length => Cut(Caption(length), context))], context), text.Encode);
        Assert.True(Encoded(cut, Context).Equals(Encoded(given, 70)));
    }

    int[] Lengths(int count, int longest) => [.. Enumerable.Range(0, count).Select(_ => 2 + random.Next(longest - 1))];

    // The same for the same length: a sentence does not change between two paddings of it.
    static int[] Caption(int length) => [.. Enumerable.Range(0, length - 1)
        .Select(place => 1 + (place * 7 + length) % (Vocabulary - 2)), Vocabulary - 1];

    static int[] Cut(int[] caption, int context) =>
        caption.Length <= context ? caption : [.. caption[..(context - 1)], Vocabulary - 1];
}
