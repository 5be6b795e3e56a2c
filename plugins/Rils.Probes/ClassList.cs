namespace Rils.Probes;

/// <summary>The classes of the training data, which need not be numbered without gaps.</summary>
sealed class ClassList
{
    readonly Dictionary<int, int> places = [];

    /// <param name="classes">The class numbers of all training samples.</param>
    public ClassList(IEnumerable<int> classes)
    {
        foreach (var number in classes.Distinct().Order()) places.Add(number, places.Count);
    }

    /// <summary>How many there are.</summary>
    public int Count => places.Count;

    /// <summary>The places of class numbers, from 0; -1 for a class that no training sample has, which nothing can find.</summary>
    public int[] PlacesOf(IEnumerable<int> classes) => [.. classes.Select(number => places.GetValueOrDefault(number, -1))];
}
