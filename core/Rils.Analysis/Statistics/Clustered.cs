namespace Rils.Analysis.Statistics;

/// <summary>Brings the values of samples together by clusters, in the order of the clusters' first samples. Without
/// clusters each sample is one.</summary>
static class Clustered
{
    /// <summary>The sum of each cluster's values.</summary>
    public static double[] Sums(double[] values, IReadOnlyList<int>? clusters)
    {
        if (clusters is null) return values;
        var places = Places(clusters);
        var sums = new double[places.Count];
        foreach (var (cluster, value) in clusters.Zip(values)) sums[places[cluster]] += value;
        return sums;
    }

    /// <summary>The number of each cluster's samples.</summary>
    public static int[] Sizes(int samples, IReadOnlyList<int>? clusters)
    {
        if (clusters is null) return [.. Enumerable.Repeat(1, samples)];
        var places = Places(clusters);
        var sizes = new int[places.Count];
        foreach (var cluster in clusters) sizes[places[cluster]]++;
        return sizes;
    }

    /// <summary>A value for each cluster, so that their mean is the mean over the samples: the cluster's sum by the
    /// mean size of a cluster.</summary>
    public static double[] Shares(double[] values, IReadOnlyList<int>? clusters)
    {
        var sums = Sums(values, clusters);
        return [.. sums.Select(sum => sum * sums.Length / values.Length)];
    }

    static Dictionary<int, int> Places(IReadOnlyList<int> clusters) =>
        clusters.Distinct().Index().ToDictionary(cluster => cluster.Item, cluster => cluster.Index);
}
