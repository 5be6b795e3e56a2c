using System.Buffers.Binary;
using System.Security.Cryptography;
using Rils.Contract;
using Rils.Testing.Tensors;

namespace Rils.Testing.Arms;

/// <summary>The data of the kit's arm: samples with every component that the contract has.</summary>
static class TinyData
{
    public const int Samples = 24, Classes = 3;

    static readonly Lazy<Sample[]> samples = new(() => [.. Enumerable.Range(0, Samples).Select(Make)]);

    static Sample Make(int number)
    {
        var png = TinyBatch.Png(40 + number % 3, 36, $"png {number}");
        var label = number % Classes;
        string[] texts = [$"number {number}", $"a thing of class {label}"];
        return new Sample($"tiny-{number:00}", png)
            .With(new Captions([.. texts.Take(1 + number % 2)]))
            .With(new Label(label)).With(new Labels([label, Classes]))
            .With(new Boxes([new(0.25, 0.25, 0.5, 0.5, label)])).With(new Masks([png])).With(new LabelMap(png));
    }

    /// <summary>The samples, with the components that are wanted, or with all.</summary>
    public sealed class Source(TinySourceOptions options) : ISource
    {
        public int Count => Samples;

        public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label), typeof(Labels), typeof(Boxes),
            typeof(Masks), typeof(LabelMap)];

        public Sample Read(int index, IReadOnlySet<Type> wanted)
        {
            var whole = samples.Value[index];
            if (options.GivesAll) return whole;
            var sample = new Sample(whole.Key, whole.Image);
            if (wanted.Contains(typeof(Captions))) sample = sample.With(whole.Find<Captions>()!);
            if (wanted.Contains(typeof(Label))) sample = sample.With(whole.Find<Label>()!);
            if (wanted.Contains(typeof(Labels))) sample = sample.With(whole.Find<Labels>()!);
            if (wanted.Contains(typeof(Boxes))) sample = sample.With(whole.Find<Boxes>()!);
            if (wanted.Contains(typeof(Masks))) sample = sample.With(whole.Find<Masks>()!);
            return wanted.Contains(typeof(LabelMap)) ? sample.With(whole.Find<LabelMap>()!) : sample;
        }

        public void Dispose() { }
    }

    /// <summary>A token for each character.</summary>
    public sealed class Characters : ITokenizer
    {
        public int VocabularySize => TinyBatch.Vocabulary;

        public int[] Encode(string text, int context) =>
        [
            .. text.Take(context - 1).Select(letter => 1 + letter % (TinyBatch.Vocabulary - 2)),
            TinyBatch.Vocabulary - 1,
        ];
    }

    /// <summary>Pixels that are drawn from the bytes of the file, and in training from the stream.</summary>
    public sealed class Pixels(int size) : IAugmentation, IViewAugmentation
    {
        public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels) =>
            Fill(OfFile(encoded).Fork(random.Draw().NextInt32(4)), pixels);

        public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels) => Fill(OfFile(encoded), pixels);

        public IReadOnlyList<int> Sizes => [size, size];

        public IReadOnlyList<ImageCrop> Make(
            ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> views) =>
            [.. views.Select((pixels, view) => Train(encoded, random.Fork(view), pixels.Span))];

        static RandomStream OfFile(ReadOnlyMemory<byte> encoded) =>
            RandomStream.Root(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(encoded.Span)));

        static ImageCrop Fill(RandomStream random, Span<byte> pixels)
        {
            var draws = random.Draw();
            foreach (ref var pixel in pixels) pixel = (byte)draws.NextUInt32();
            return new(0, 0, 1, 1, false, 40, 36);
        }
    }
}
