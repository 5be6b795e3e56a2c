using Rils.Contract;
using Rils.Testing.Tensors;

namespace Rils.Testing.Checks;

/// <summary>Checks of the slots of <c>[data]</c>: augmentation, views, tokenizer, source.</summary>
static class DataChecks
{
    const int Streams = 4;

    public static IEnumerable<Fault> Augments(Func<IAugmentation> make, DataContext data)
    {
        var (png, size) = (TinyBatch.Png(), data.ImageSize);
        foreach (var fault in Pixels("Train", 3 * size * size, make,
            (augmentation, random, pixels) => augmentation.Train(png, random, pixels))) yield return fault;
        foreach (var fault in Pixels("Evaluate", 3 * size * size, make,
            (augmentation, _, pixels) => augmentation.Evaluate(png, pixels))) yield return fault;
        if (Refusal(() => make().Evaluate(new byte[] { 1, 2, 3 }, new byte[3 * size * size])) is { } fallen)
            yield return fallen;
    }

    public static IEnumerable<Fault> MakesViews(Func<IViewAugmentation> make, DataContext data)
    {
        var (png, sizes) = (TinyBatch.Png(), make().Sizes.ToArray());
        if (sizes.Length == 0 || sizes.Any(size => size < 1))
            return [new($"Sizes is [{string.Join(", ", sizes)}]",
                "give the side of each view, in pixels; at least one")];
        int[] bytes = [.. sizes.Select(size => 3 * size * size)];
        return Counted().Concat(Pixels("Make", bytes.Sum(), make, (views, random, pixels) =>
        {
            var parts = bytes.Select(static size => new byte[size]).ToArray();
            var at = 0;
            foreach (var part in parts) pixels.Slice(at, part.Length).CopyTo(part);
            views.Make(png, random, [.. parts.Select(part => part.AsMemory())]);
            foreach (var part in parts)
            {
                part.CopyTo(pixels[at..]);
                at += part.Length;
            }
        }));

        IEnumerable<Fault> Counted()
        {
            var made = make().Make(png, RandomStream.Root(5), [.. bytes.Select(size => new byte[size].AsMemory())]);
            if (made.Count != sizes.Length)
                yield return new($"Make returns {made.Count} parts of the image for {sizes.Length} views",
                    "return the part that each view shows, in the order of the views");
        }
    }

    delegate void Fill<in T>(T made, RandomStream random, Span<byte> pixels);

    static IEnumerable<Fault> Pixels<T>(string method, int size, Func<T> make, Fill<T> fill)
    {
        var (one, other) = (make(), make());
        byte[] Filled(T made, int stream, byte before)
        {
            var pixels = new byte[size];
            pixels.AsSpan().Fill(before);
            fill(made, RandomStream.Root(5).Fork(stream), pixels);
            return pixels;
        }
        var first = Enumerable.Range(0, Streams).Select(stream => Filled(one, stream, 0)).ToArray();
        bool Differs(T made, int stream) => !Filled(made, stream, 0).SequenceEqual(first[stream]);
        var streams = Enumerable.Range(0, Streams);
        if (streams.Any(stream => Differs(one, stream)) || streams.Reverse().Any(stream => Differs(other, stream)))
            yield return new($"{method} gives other pixels for the same image and stream",
                "draw all random numbers from the stream, and remember nothing between calls");
        else if (!Filled(one, 0, 255).SequenceEqual(first[0]))
            yield return new($"{method} leaves pixels as they were", "write every byte of the span");
    }

    static Fault? Refusal(Action decode)
    {
        try
        {
            decode();
            return new("three bytes that are no image are decoded", "throw a SampleException");
        }
        catch (SampleException)
        {
            return null;
        }
        // A stranger's decoder may throw anything.
        catch (Exception error)
        {
            return new($"three bytes that are no image end with {error.GetType().Name}", "throw a SampleException");
        }
    }

    static readonly string[] texts =
        ["", "a dog", "Two  cats, and 1 tree!", "naïve façade ☃", string.Join(' ', Enumerable.Repeat("word", 200))];

    public static IEnumerable<Fault> Tokenizes(ITokenizer tokenizer)
    {
        const int Context = 16;
        var end = tokenizer.Encode(texts[0], Context).DefaultIfEmpty(-1).Last();
        foreach (var text in texts)
        {
            var ids = tokenizer.Encode(text, Context);
            var about = text.Length > 24 ? $"a text of {text.Length} characters" : $"\"{text}\"";
            if (ids.Length is 0 or > Context)
                yield return new($"{about} gives {ids.Length} ids for a context of {Context}",
                    "return at least the end token and at most the context; cut longer texts");
            else if (ids.Any(id => id < 0 || id >= tokenizer.VocabularySize))
                yield return new($"{about} has an id outside 0 to {tokenizer.VocabularySize}, exclusive",
                    "mend VocabularySize, or the ids");
            else if (ids[^1] != end || ids.Max() != end)
                yield return new($"{about} does not end with the end token, or has a larger id",
                    "let the end token be the largest id, and the last one, also of a text that is cut");
            if (!ids.SequenceEqual(tokenizer.Encode(text, Context)))
                yield return new($"{about} gives other ids the second time", "let the text alone decide");
        }
    }

    public static IEnumerable<Fault> Reads(Func<ISource> make)
    {
        using var source = make();
        if (source.Count < 1)
        {
            yield return new("the source has no sample", "give Conformance.Check a SourceContext with data");
            yield break;
        }
        var wanted = source.Components.ToHashSet();
        HashSet<string> keys = [];
        foreach (var index in Enumerable.Range(0, Math.Min(source.Count, 8)))
        {
            var (sample, again) = (source.Read(index, wanted), source.Read(index, wanted));
            if (sample.Key != again.Key || !sample.Image.Span.SequenceEqual(again.Image.Span))
                yield return new($"sample {index} is another one the second time", "let the number alone decide");
            var first = source.FirstOf(index);
            if (first != index && (first > index || source.Read(first, wanted).Key != sample.Key))
                yield return new($"FirstOf says that sample {index} repeats sample {first}, which has another key or "
                    + "comes later", "let FirstOf give the smallest number of the same sample");
            else if (first == index && !keys.Add(sample.Key))
                yield return new($"two samples have the key \"{sample.Key}\"",
                    "give every sample a key of its own, or say by FirstOf that one repeats the other");
            foreach (var type in sample.Components.Select(component => component.GetType()).Except(wanted))
                yield return new($"sample {index} has a {type.Name}, which Components does not list", "list the type");
            source.Read(index, new HashSet<Type>());
        }
        if (!source.Shards().Select(shard => shard.Content).SequenceEqual(
            source.Shards().Select(shard => shard.Content)))
            yield return new("Shards tells another identity the second time", "hash what the samples hold, no more");
    }
}
