using Rils.Contract;

namespace Rils.Engine.Datasets.Inspection;

/// <summary>Reads and decodes all samples, and counts what they hold.</summary>
/// <remarks>Memory beside the images at hand: 12 bytes for each sample and each caption, to find what repeats, and a
/// number for each different size and length. No key, caption or image is kept.</remarks>
/// <param name="opener">Makes the decoder.</param>
/// <param name="data">The data.</param>
/// <param name="thumbnails">The number of pictures.</param>
/// <param name="tell">Takes the progress, after each sample.</param>
public sealed class Inspector(DataOpener opener, OpenedData data, int thumbnails, Action<DataProgress> tell)
{
    /// <summary>Side of a thumbnail, in pixels; how many examples a summary lists, and how many keys of each.</summary>
    const int Side = 128, Listed = 10, Keys = 4;

    readonly ISource source = data.Source;
    readonly ContentCounts images = new(), captions = new();
    readonly List<BadRead> bad = [];
    readonly List<Thumbnail> shown = [];

    /// <summary>Inspects the data.</summary>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public DataSummary Inspect(CancellationToken stopping)
    {
        var decoder = opener.Decoder(Side);
        var spread = Enumerable.Range(0, thumbnails).Select(shot => (int)((long)shot * source.Count / thumbnails))
            .ToHashSet();
        var (samples, bytes) = (0, 0L);
        var summary = new DataSummary(data.Kind, 0, source.ClassNames);
        foreach (var read in new SampleScan(source, source.Components).From(0,
            (index, sample) => SampleFacts.Of(sample, decoder, Side, spread.Contains(index)), stopping))
        {
            samples++;
            if (read.Value is { } facts)
            {
                bytes += facts.Bytes;
                Add(summary, read.Index, facts);
            }
            else
            {
                summary.Bad++;
                if (bad.Count < Listed) bad.Add(new(read.Index, read.Fault!));
            }
            tell(new(read.Index + 1, source.Count, bytes));
        }
        return Finished(summary with { Samples = samples });
    }

    void Add(DataSummary summary, int index, SampleFacts facts)
    {
        summary.Bytes.Add(facts.Bytes);
        summary.Widths.Add(facts.Width);
        summary.Heights.Add(facts.Height);
        summary.Formats[facts.Format] = summary.Formats.GetValueOrDefault(facts.Format) + 1;
        summary.CaptionsEach.Add(facts.Captions.Count);
        foreach (var caption in facts.Captions)
        {
            summary.Characters.Add(caption.Length);
            summary.Words.Add(caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
            captions.Add(SampleFacts.HashOf(caption), index);
        }
        if (facts.Class is { } number) summary.Classes.Add(number);
        foreach (var other in facts.Others) summary.Others[other] = summary.Others.GetValueOrDefault(other) + 1;
        images.Add(facts.Content, index);
        if (facts.Png is { } png) shown.Add(new(facts.Key, png, facts.Captions, NameOf(facts.Class)));
    }

    string? NameOf(int? number) => number is not { } known ? null
        : source.ClassNames is { } names && known < names.Count ? names[known] : $"class {known}";

    DataSummary Finished(DataSummary summary)
    {
        var (copies, frequent) = (images.Repeated(), captions.Repeated());
        summary.Copies = copies.Sum(group => group.Samples.Count - 1);
        summary.SameImages = [.. copies.Take(Listed).Select(group =>
            new Repetition(group.Samples.Count, null, FirstKeys(group.Samples)))];
        summary.SameCaptions = [.. frequent.Take(Listed).Select(group => Frequent(group.Hash, group.Samples))];
        (summary.FirstBad, summary.Thumbnails) = (bad, shown);
        return summary;
    }

    /// <summary>Reads a frequent caption again, since texts are not kept.</summary>
    Repetition Frequent(ulong hash, IReadOnlyList<int> samples) => new(samples.Count,
        Again(samples[0]).Find<Captions>()!.Texts.First(text => SampleFacts.HashOf(text) == hash),
        FirstKeys(samples.Distinct()));

    string[] FirstKeys(IEnumerable<int> samples) => [.. samples.Take(Keys).Select(index => Again(index).Key)];

    Sample Again(int index) => source.ReadWithoutImage(index, new HashSet<Type> { typeof(Captions) });
}
