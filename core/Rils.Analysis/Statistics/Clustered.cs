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

    /// <summary>The mean of each cluster's values.</summary>
    public static double[] Means(double[] values, IReadOnlyList<int>? clusters) =>
        [.. Sums(values, clusters).Zip(Sizes(values.Length, clusters), static (sum, size) => sum / size)];

    /// <summary>A value for each cluster, so that their mean is the mean over the samples, and a cluster's size alone
    /// makes no spread: the mean, and the cluster's distance from it, by the mean size of a cluster (the ratio
    /// estimator's linear form).</summary>
    /// <param name="values">The samples' values.</param>
    /// <param name="clusters">The samples' clusters.</param>
    /// <param name="mean">The mean of the whole table, over seeds too.</param>
    public static double[] Shares(double[] values, IReadOnlyList<int>? clusters, double mean)
    {
        if (clusters is null) return values;
        var (sums, sizes) = (Sums(values, clusters), Sizes(values.Length, clusters));
        return [.. sums.Zip(sizes, (sum, size) => mean + (sum - mean * size) * sums.Length / values.Length)];
    }

    static Dictionary<int, int> Places(IReadOnlyList<int> clusters) =>
        clusters.Distinct().Index().ToDictionary(cluster => cluster.Item, cluster => cluster.Index);
}
