using System.Runtime.ExceptionServices;
using System.Text;
using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Reads samples from a source to pixels, one at a time; every error names its sample.</summary>
static class SampleReader
{
    // Without the limit the pool would add threads while some wait for the disk, each with an image in memory.
    static readonly ParallelOptions AllCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a sample and decodes its image.</summary>
    /// <param name="source">The source of the sample.</param>
    /// <param name="index">The sample's number in the source.</param>
    /// <param name="reads">The components that systems or heads read: a fault in one makes the sample bad, and so does
    /// the lack of one that is needed.</param>
    /// <param name="decode">Takes the sample with its image; returns a remark on an odd image, or null.</param>
    /// <returns>The sample without the image's bytes.</returns>
    /// <exception cref="SampleException">The sample cannot be used; the message names it.</exception>
    public static Sample Read(ISource source, int index, ComponentReading reads, Func<Sample, string?> decode) =>
        Read(source.Read, index, reads, decode);

    /// <inheritdoc cref="Read(ISource, int, ComponentReading, Func{Sample, string?})"/>
    /// <param name="read">Reads a sample of the source, with or without its image.</param>
    /// <param name="index">The sample's number in the source.</param>
    /// <param name="reads">The components that are read.</param>
    /// <param name="decode">Takes the sample; returns a remark on an odd image, or null.</param>
    public static Sample Read(Func<int, IReadOnlySet<Type>, Sample> read, int index, ComponentReading reads,
        Func<Sample, string?> decode)
    {
        var sample = Guarded(() => read(index, reads.Wanted), () => $"sample number {index}");
        if (FaultOf(sample, reads.Wanted) is { } fault) throw new SampleException($"sample `{sample.Key}`: {fault}");
        if (reads.Needed.FirstOrDefault(type => sample.Find(type) is null) is { } lacking)
        {
            var rest = sample.Contents is { } contents ? $"; it has {contents}" : "";
            throw new SampleException($"sample `{sample.Key}` has no {Sample.NameOf(lacking)}{rest}");
        }
        var remark = Guarded(() => Named(sample, decode), () => $"sample `{sample.Key}`");
        return sample with { Image = default, Remarks = remark is null ? sample.Remarks : [.. sample.Remarks, remark] };
    }

    static string? FaultOf(Sample sample, IReadOnlySet<Type> wanted) =>
        wanted.Select(sample.FaultOf).FirstOrDefault(fault => fault is not null)
        ?? (wanted.Contains(typeof(Captions)) && sample.Find<Captions>() is { } captions
            ? captions.Fault ?? captions.Texts.Select(HalfPair).FirstOrDefault(fault => fault is not null) : null);

    /// <summary>The fault of a caption that cannot be written as UTF-8, because half of a character is missing;
    /// tokenizers would replace that half without a message.</summary>
    static string? HalfPair(string caption)
    {
        try
        {
            strict.GetByteCount(caption);
            return null;
        }
        catch (EncoderFallbackException half)
        {
            return $"its caption has half of a surrogate pair, which is no text, at character {half.Index + 1}";
        }
    }

    static string? Named(Sample sample, Func<Sample, string?> decode)
    {
        try
        {
            return decode(sample);
        }
        catch (SampleException cause)
        {
            throw new SampleException($"sample `{sample.Key}`: {cause.Message}", cause);
        }
    }

    /// <summary>Turns any failure while one sample is read into the loss of this sample, not of the run.</summary>
    static T Guarded<T>(Func<T> read, Func<string> what)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is not (SampleException or SourceException))
        {
            throw new SampleException($"{what()} cannot be read: {cause.GetType().Name}: {cause.Message}", cause);
        }
    }

    /// <summary>Runs an action for each place of a batch, on all cores; an exception of a place is thrown as it
    /// is.</summary>
    public static void ForEach(int places, Action<int> body)
    {
        try
        {
            Parallel.For(0, places, AllCores, body);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
