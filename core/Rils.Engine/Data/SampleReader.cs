using System.Runtime.ExceptionServices;
using Rils.Abstractions;

namespace Rils.Engine.Data;

/// <summary>From a source to pixels, a sample at a time, with every sample's name in what is wrong with it.</summary>
static class SampleReader
{
    // Else the pool adds threads while some wait for the disk, each with an image in memory.
    static readonly ParallelOptions AllCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Reads a sample and decodes its image.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="index">Its number there.</param>
    /// <param name="needsCaption">Whether one without a caption is bad.</param>
    /// <param name="decode">Takes the image's bytes.</param>
    /// <returns>The sample without the image's bytes.</returns>
    /// <exception cref="SampleException">The sample cannot be used; the message names it.</exception>
    public static Sample Read(ISource source, int index, bool needsCaption, Action<ReadOnlyMemory<byte>> decode)
    {
        var sample = source.Read(index);
        if (needsCaption && sample.Caption is null) throw new SampleException($"sample `{sample.Key}` has no caption");
        try
        {
            decode(sample.Image);
        }
        catch (SampleException cause)
        {
            throw new SampleException($"sample `{sample.Key}`: {cause.Message}", cause);
        }
        return sample with { Image = default };
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
