namespace Rils.Probes;

/// <summary>Adds up the neighbours' votes.</summary>
static class Votes
{
    /// <summary>For each query and class, sums exp(cosine / temperature) over the query's neighbours of that class.
    /// Each query's sums are divided by the weight of its nearest neighbour, which keeps their order and lets no
    /// temperature overflow.</summary>
    /// <param name="neighbours">The neighbours of all queries.</param>
    /// <param name="classes">The place of each training sample's class.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="temperature">Above 0.</param>
    /// <returns>The sums of query 0, class by class, then those of query 1, and so on.</returns>
    public static double[] Of(Neighbours neighbours, int[] classes, int count, double temperature)
    {
        var votes = new double[neighbours.Places.Length / neighbours.K * count];
        for (var first = 0; first < neighbours.Places.Length; first += neighbours.K)
        {
            var nearest = neighbours.Cosines.AsSpan(first, neighbours.K).ToArray().Max();
            for (var at = first; at < first + neighbours.K; at++)
            {
                var vote = Math.Exp((neighbours.Cosines[at] - (double)nearest) / temperature);
                votes[first / neighbours.K * count + classes[neighbours.Places[at]]] += vote;
            }
        }
        return votes;
    }
}
