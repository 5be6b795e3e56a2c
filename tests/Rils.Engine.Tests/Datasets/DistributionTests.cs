using CsCheck;
using Rils.Engine.Datasets.Inspection;

namespace Rils.Tests.Engine.Datasets;

/// <summary>Counts and quantiles are those of the sorted list of all values.</summary>
public sealed class DistributionTests
{
    [Fact]
    public void Quantiles_are_those_of_the_sorted_values() =>
        Gen.Select(Gen.Long[0, 20].List[1, 200], Gen.Double[0, 1]).Sample((values, share) =>
        {
            var distribution = Of(values);
            long[] sorted = [.. values.Order()];
            var place = Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1);
            Assert.Equal(sorted[place], distribution.Quantile(share));
            Assert.Equal((sorted[0], sorted[^1]), (distribution.Quantile(0), distribution.Quantile(1)));
            Assert.Equal((sorted.Length, sorted.Sum()), ((int)distribution.Count, distribution.Total));
            Assert.Equal(sorted.CountBy(value => value).Select(pair => (pair.Key, (long)pair.Value)),
                distribution.Values);
        }, iter: 300);

    [Fact]
    public void No_value_has_no_quantile() => Assert.Null(Of([]).Quantile(0.5));

    [Fact]
    public void Repeated_contents_are_those_of_a_grouping() =>
        Gen.ULong[0, 30].List[0, 100].Sample(hashes =>
        {
            var counts = new ContentCounts();
            foreach (var (index, hash) in hashes.Index()) counts.Add(hash, index);
            var expected = hashes.Index().GroupBy(entry => entry.Item, entry => entry.Index)
                .Where(group => group.Count() > 1).OrderByDescending(group => group.Count())
                .ThenBy(group => group.First()).Select(group => $"{group.Key}: {string.Join(' ', group)}");
            Assert.Equal(expected,
                counts.Repeated().Select(group => $"{group.Hash}: {string.Join(' ', group.Samples)}"));
        }, iter: 300);

    static Distribution Of(IEnumerable<long> values)
    {
        var distribution = new Distribution();
        foreach (var value in values) distribution.Add(value);
        return distribution;
    }
}
