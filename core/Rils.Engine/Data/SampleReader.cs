using System.Runtime.ExceptionServices;
using System.Text;
using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>From a source to pixels, a sample at a time, with every sample's name in what is wrong with it.</summary>
static class SampleReader
{
    // Else the pool adds threads while some wait for the disk, each with an image in memory.
    static readonly ParallelOptions AllCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a sample and decodes its image.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="index">Its number there.</param>
    /// <param name="reads">Parts that somebody reads: a fault in one makes a bad sample.</param>
    /// <param name="needsCaption">Whether one without a caption is bad.</param>
    /// <param name="decode">Takes the sample with its image, and returns what is odd about the image.</param>
    /// <returns>The sample without the image's bytes.</returns>
    /// <exception cref="SampleException">The sample cannot be used; the message names it.</exception>
    public static Sample Read(ISource source, int index, SampleParts reads, bool needsCaption,
        Func<Sample, string?> decode)
    {
        var sample = Guarded(() => source.Read(index), () => $"sample number {index}");
        if (FaultOf(sample, reads) is { } fault) throw new SampleException($"sample `{sample.Key}`: {fault}");
        if (needsCaption && sample.Caption is null)
            throw new SampleException($"sample `{sample.Key}` has no caption{(sample.Contents is { } contents ? $"; it has {contents}" : "")}");
        var remark = Guarded(() => Named(sample, decode), () => $"sample `{sample.Key}`");
        return sample with { Image = default, Remarks = remark is null ? sample.Remarks : [.. sample.Remarks, remark] };
    }

    static string? FaultOf(Sample sample, SampleParts reads)
    {
        if (reads.HasFlag(SampleParts.Caption) && (sample.CaptionFault ?? HalfPair(sample.Caption)) is { } fault)
            return fault;
        return reads.HasFlag(SampleParts.Class) ? sample.ClassFault : null;
    }

    /// <summary>Text that cannot be written as UTF-8 has a character that is none, which tokenizers replace in
    /// silence.</summary>
    static string? HalfPair(string? caption)
    {
        try
        {
            strict.GetByteCount(caption ?? "");
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

    /// <summary>Any failure while one sample is read costs this sample, not the run.</summary>
    static T Guarded<T>(Func<T> read, Func<string> what)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is not SampleException)
        {
            throw new SampleException($"{what()} cannot be read: {cause.GetType().Name}: {cause.Message}", cause);
        }
    }

    /// <summary>Does something for each place of a batch, on all cores; the first place's exception comes out as it is.</summary>
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
