namespace Rils.Probes;

/// <summary>Counts neighbours' votes.</summary>
static class Votes
{
    /// <summary>For each query the sum of exp(cosine / temperature) over its neighbours of a class, class by class. Each query's are divided by the
    /// weight of its nearest neighbour: the order is the same, and no temperature overflows.</summary>
    /// <param name="neighbours">Of all queries.</param>
    /// <param name="classes">The place of each training sample's class.</param>
    /// <param name="count">How many classes there are.</param>
    /// <param name="temperature">Above 0.</param>
    public static double[] Of(Neighbours neighbours, int[] classes, int count, double temperature)
    {
        var votes = new double[neighbours.Places.Length / neighbours.K * count];
        for (var first = 0; first < neighbours.Places.Length; first += neighbours.K)
        {
            var nearest = neighbours.Cosines.AsSpan(first, neighbours.K).ToArray().Max();
            for (var at = first; at < first + neighbours.K; at++)
                votes[first / neighbours.K * count + classes[neighbours.Places[at]]] += Math.Exp((neighbours.Cosines[at] - (double)nearest) / temperature);
        }
        return votes;
    }
}
