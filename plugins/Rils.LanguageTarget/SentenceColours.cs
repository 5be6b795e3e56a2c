using System.Drawing;

namespace Rils.LanguageTarget;

/// <summary>A colour for each of an image's most frequent sentences, grey for the others; after Okabe and Ito, whose colours the colour-blind tell apart.</summary>
/// <param name="assignment">The image's.</param>
sealed class SentenceColours(Assignment assignment)
{
    static readonly Color[] Palette =
    [
        Color.FromArgb(0xe6, 0x9f, 0x00), Color.FromArgb(0x56, 0xb4, 0xe9), Color.FromArgb(0x00, 0x9e, 0x73), Color.FromArgb(0xf0, 0xe4, 0x42),
        Color.FromArgb(0x00, 0x72, 0xb2), Color.FromArgb(0xd5, 0x5e, 0x00), Color.FromArgb(0xcc, 0x79, 0xa7),
    ];

    static readonly Color Other = Color.FromArgb(0x8c, 0x8c, 0x8c);

    readonly long[] frequent = [.. assignment.ByFrequency.Take(Palette.Length)], others = [.. assignment.ByFrequency.Skip(Palette.Length)];

    /// <summary>A sentence's; white for none.</summary>
    public Color Of(long? sentence) => sentence is not { } number ? Color.White : Array.IndexOf(frequent, number) is >= 0 and var index ? Palette[index] : Other;

    /// <summary>What the colours mean, and how often each was given.</summary>
    /// <param name="captions">The batch's; null where they are not known.</param>
    /// <param name="own">The image's number in the batch.</param>
    public IReadOnlyList<LegendEntry> Legend(IReadOnlyList<string?>? captions, long own) =>
    [
        .. frequent.Select(sentence => new LegendEntry($"{Name(sentence, captions, own)}: {Counts([sentence])}", Of(sentence))),
        .. others.Length == 0 ? (LegendEntry[])[] : [new($"{others.Length} other {(others.Length == 1 ? "sentence" : "sentences")}: {Counts(others)}", Other)],
        new($"teacher and student agree on {assignment.Agreed} of {assignment.Hidden} hidden patches"),
    ];

    string Counts(long[] sentences)
    {
        int Of(long?[] patches) => patches.Count(sentence => sentence is { } number && sentences.Contains(number));
        return $"teacher {Of(assignment.Teacher)}, student {Of(assignment.Student)}";
    }

    static string Name(long sentence, IReadOnlyList<string?>? captions, long own) =>
        captions is null ? $"sentence {sentence}"
        : sentence >= captions.Count ? "a sentence of an earlier step"
        : $"“{captions[(int)sentence]}”{(sentence == own ? ", its own" : "")}";
}
