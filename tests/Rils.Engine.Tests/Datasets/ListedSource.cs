using Rils.Contract;

namespace Rils.Tests.Engine.Datasets;

/// <summary>A source of listed samples. A sample with an empty image cannot be read.</summary>
sealed class ListedSource(params IReadOnlyList<Sample> samples) : ISource
{
    public int Count => samples.Count;

    public IReadOnlyList<Type> Components { get; init; } = [typeof(Captions), typeof(Label)];

    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Makes samples with images of different sizes, captions and classes.</summary>
    public static IReadOnlyList<Sample> Of(int count) => [.. Enumerable.Range(0, count).Select(Make)];

    public Sample Read(int index, IReadOnlySet<Type> wanted) => samples[index].Image.Length > 0 ? samples[index]
        : throw new SampleException($"sample `{samples[index].Key}` has no image");

    public void Dispose()
    {
    }

    static Sample Make(int number)
    {
        var image = new byte[100 + number * 37 % 900];
        new Random(number).NextBytes(image);
        byte[] beginning = (number % 3) switch
        {
            0 => [0xFF, 0xD8, 0xFF],
            1 => [0x89, .. "PNG"u8],
            _ => [.. "RIFF1234WEBP"u8],
        };
        beginning.CopyTo(image, 0);
        var sample = new Sample($"things/{number}.5 über", image);
        if (number % 4 != 0) sample = sample.With(new Label(number % 5));
        return (number % 7) switch
        {
            0 => sample,
            1 => sample.With(new Captions([$"thing {number}", "\u00FCber\nall"])),
            2 => sample.With(new Captions("  ")),
            3 => sample.With(new Captions("nothing\0at all")),
            _ => sample.With(new Captions($"thing {number} \U0001F600")),
        };
    }

}
