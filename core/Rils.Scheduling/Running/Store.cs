namespace Rils.Scheduling;

/// <summary>The cells of one lane: those of the lane's arms, and the lane's own cells for shared values, so that lanes
/// never touch each other's cells.</summary>
sealed class Store
{
    readonly Dictionary<Place, Cell> cells = [];
    readonly Dictionary<Place, object> appends = [];
    readonly List<(Place Place, Action Clear)> clearers = [];

    /// <summary>Called with the values that a system of the lane made in its first run; null for no call.</summary>
    public Action<PlannedSystem, long, IReadOnlyList<object?>>? Inspect { get; set; }

    public Cell Cell(Place place)
    {
        if (cells.TryGetValue(place, out var cell)) return cell;
        cell = Scheduling.Cell.Of(place.Type);
        return cells[place] = cell;
    }

    /// <summary>Finds a cell; null where no system of the lane names the place.</summary>
    public Cell? Find(Place place) => cells.GetValueOrDefault(place);

    /// <summary>The cells of an entity's values that systems make: all but its components.</summary>
    public IEnumerable<Cell> MadeFor(Entity entity) =>
        cells.Where(pair => pair.Key.Entity == entity && !entity.Has(pair.Key.Type)).Select(pair => pair.Value);

    public (Place, object?)[] Read(IEnumerable<Place> places) =>
        [.. places.Select(place => (place, Find(place)?.Boxed))];

    /// <summary>Takes the values that the lane's systems name; null stands for an absent value.</summary>
    public void Write(IEnumerable<(Place, object?)> values)
    {
        foreach (var (place, value) in values)
            if (Find(place) is { } cell) cell.Boxed = value;
    }

    /// <summary>Empties all appends of an entity; the systems keep the append objects.</summary>
    public void ClearAppends(Entity entity)
    {
        foreach (var (place, clear) in clearers)
            if (place.Entity == entity) clear();
    }

    /// <summary>The appends of a type at an entity, by the names of the systems that append.</summary>
    public SortedDictionary<string, Append<T>> Appends<T>(Place place)
    {
        if (appends.TryGetValue(place, out var found)) return (SortedDictionary<string, Append<T>>)found;
        var names = new SortedDictionary<string, Append<T>>(StringComparer.Ordinal);
        appends[place] = names;
        clearers.Add((place, () =>
        {
            foreach (var append in names.Values) append.Clear();
        }));
        return names;
    }

    public void Set<T>(Entity entity, T value) => Cell(new(entity, typeof(T))).Boxed = value;

    public void SetComponents(Entity entity)
    {
        foreach (var (type, component) in entity.Components) Cell(new(entity, type)).Boxed = component;
    }
}
