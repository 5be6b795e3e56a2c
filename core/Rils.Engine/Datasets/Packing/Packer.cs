using Rils.Contract;
using Rils.Engine.Data;
using Rils.Files;

namespace Rils.Engine.Datasets.Packing;

/// <summary>Packs the samples of any source into WebDataset shards: the same data and plan give the same bytes, also
/// where the work was interrupted and begun again.</summary>
/// <param name="data">The data.</param>
/// <param name="folder">The folder, opened with the same data and plan.</param>
/// <param name="plan">The plan.</param>
/// <param name="tell">Takes the progress, after each sample.</param>
public sealed class Packer(OpenedData data, PackFolder folder, PackPlan plan, Action<DataProgress> tell)
{
    static readonly Type[] held = [typeof(Captions), typeof(Label)];

    readonly ISource source = data.Source;
    List<BadRead> bad = [];
    int toldBad;

    /// <summary>Packs what is not packed yet.</summary>
    /// <param name="stopping">Ends the work; the same command goes on behind the last finished shards.</param>
    /// <exception cref="InvalidDataException">More than 1% of the samples cannot be packed.</exception>
    /// <exception cref="IOException">A shard cannot be written.</exception>
    public PackResult Pack(CancellationToken stopping)
    {
        using var train = new ShardSeries(folder, "train", plan.Size, folder.Record.Train);
        using var val = new ShardSeries(folder, "val", plan.Size, folder.Record.Val);
        var from = folder.Record.IsComplete ? source.Count : plan.Val > 0 ? Math.Min(train.Next, val.Next) : train.Next;
        bad = folder.BadBefore(from);
        toldBad = folder.Record.IsComplete ? bad.Count : -1;
        var hasWeights = Append(train, val, from, stopping);
        if (!folder.Record.IsComplete) Complete(train, val);
        return Result(train.Finished, val.Finished, hasWeights);
    }

    /// <summary>Appends the samples from a number on.</summary>
    /// <returns>Whether some captions have weights.</returns>
    bool Append(ShardSeries train, ShardSeries val, int from, CancellationToken stopping)
    {
        var (bytes, hasWeights) = (0L, false);
        var scan = new SampleScan(source, source.Components.Intersect(held));
        foreach (var read in scan.From(from, (_, sample) => PackedSample.Of(sample), stopping))
        {
            if (read.Value is not { } sample) LeaveOut(read.Index, read.Fault!);
            else
            {
                var series = sample.IsIn(plan.Val) ? val : train;
                if (series.Add(read.Index, sample)) Commit(train, val, isComplete: false);
                bytes += sample.ImageBytes;
                hasWeights |= sample.HasWeights;
            }
            tell(new(read.Index + 1, source.Count, bytes));
        }
        return hasWeights;
    }

    void LeaveOut(int index, string cause)
    {
        bad.Add(new(index, cause));
        var (lost, all) = (bad.Count + data.Lost, source.Count + data.Lost);
        if (BadSamples.AreTooMany(lost, all))
            throw new InvalidDataException($"{lost} of the {all} samples cannot be packed, more than 1%: "
                + "`rils data verify` lists all of them; repair the data, then pack it into a new folder; "
                + $"the last one: {Printable.Line(cause)}");
    }

    void Complete(ShardSeries train, ShardSeries val)
    {
        train.Finish();
        val.Finish();
        if (source.ClassNames is { } names) folder.WriteClasses(names);
        Commit(train, val, isComplete: true);
    }

    /// <summary>Records the finished shards, the bad samples first: the record counts where work goes on.</summary>
    void Commit(ShardSeries train, ShardSeries val, bool isComplete)
    {
        if (bad.Count != toldBad) folder.WriteBad(bad);
        toldBad = bad.Count;
        folder.Write(folder.Record with { Train = train.Finished, Val = val.Finished, IsComplete = isComplete });
    }

    PackResult Result(IReadOnlyList<PackedShard> train, IReadOnlyList<PackedShard> val, bool hasWeights)
    {
        string[] others = [.. source.Components.Except(held).Select(Sample.NameOf)];
        List<string> warnings = [];
        if (others.Length > 0) warnings.Add($"a shard holds no {string.Join(", no ", others)}: left out");
        if (hasWeights)
            warnings.Add("a shard holds no weights of captions: left out, so that training draws all alike");
        PackedShard[] all = [.. train, .. val];
        return new(train.Sum(shard => shard.Samples), train.Count, val.Sum(shard => shard.Samples), val.Count,
            all.Sum(shard => shard.Bytes), bad, source.ClassNames?.Count ?? 0, all.Sum(shard => shard.Captioned),
            all.Sum(shard => shard.Labelled), warnings);
    }
}
