using System.Drawing;

namespace Rils.LanguageTarget;

/// <summary>Gives a colour to each of an image's most frequent sentences, and grey to the others. The colours are those
/// of Okabe and Ito, which the colour-blind tell apart.</summary>
/// <param name="assignment">The sentences of the image's patches.</param>
sealed class SentenceColours(Assignment assignment)
{
    static readonly Color[] Palette =
    [
        Color.FromArgb(0xe6, 0x9f, 0x00), Color.FromArgb(0x56, 0xb4, 0xe9), Color.FromArgb(0x00, 0x9e, 0x73),
        Color.FromArgb(0xf0, 0xe4, 0x42), Color.FromArgb(0x00, 0x72, 0xb2), Color.FromArgb(0xd5, 0x5e, 0x00),
        Color.FromArgb(0xcc, 0x79, 0xa7),
    ];

    static readonly Color Other = Color.FromArgb(0x8c, 0x8c, 0x8c);

    readonly long[] frequent = [.. assignment.ByFrequency.Take(Palette.Length)],
        others = [.. assignment.ByFrequency.Skip(Palette.Length)];

    /// <summary>The colour of a sentence; white for null.</summary>
    public Color Of(long? sentence) => sentence is not { } number ? Color.White
        : Array.IndexOf(frequent, number) is >= 0 and var index ? Palette[index] : Other;

    /// <summary>Names the sentence of each colour, and counts the patches that teacher and student give to
    /// it.</summary>
    /// <param name="captions">The batch's captions; null where they are unknown.</param>
    /// <param name="own">The image's number in the batch.</param>
    /// <param name="noun">Names a prototype: <c>sentence</c>.</param>
    public IReadOnlyList<LegendEntry> Legend(IReadOnlyList<string?>? captions, long own, string noun = "sentence") =>
    [
        .. frequent.Select(sentence =>
            new LegendEntry($"{Name(sentence, captions, own, noun)}: {Counts([sentence])}", Of(sentence))),
        .. others.Length == 0 ? (LegendEntry[])[]
            : [new($"{others.Length} other {noun}{(others.Length == 1 ? "" : "s")}: "
                + Counts(others), Other)],
        new($"teacher and student agree on {assignment.Agreed} of {assignment.Hidden} hidden patches"),
    ];

    string Counts(long[] sentences)
    {
        int Of(long?[] patches) => patches.Count(sentence => sentence is { } number && sentences.Contains(number));
        return $"teacher {Of(assignment.Teacher)}, student {Of(assignment.Student)}";
    }

    static string Name(long sentence, IReadOnlyList<string?>? captions, long own, string noun) =>
        captions is null ? $"{noun} {sentence}"
        : sentence >= captions.Count ? "a sentence of an earlier step"
        : $"“{captions[(int)sentence]}”{(sentence == own ? ", its own" : "")}";
}
