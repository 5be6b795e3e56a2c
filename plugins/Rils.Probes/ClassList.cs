namespace Rils.Probes;

/// <summary>The classes of the training data; their numbers may have gaps.</summary>
sealed class ClassList
{
    readonly Dictionary<int, int> places = [];

    /// <param name="classes">The class numbers of all training samples.</param>
    public ClassList(IEnumerable<int> classes)
    {
        foreach (var number in classes.Distinct().Order()) places.Add(number, places.Count);
    }

    /// <summary>Number of classes.</summary>
    public int Count => places.Count;

    /// <summary>The places of class numbers among the training classes, from 0; -1 for a class that no training sample
    /// has, which no answer can be.</summary>
    public int[] PlacesOf(IEnumerable<int> classes) =>
        [.. classes.Select(number => places.GetValueOrDefault(number, -1))];
}
