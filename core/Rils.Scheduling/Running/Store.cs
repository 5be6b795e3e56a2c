namespace Rils.Scheduling;

/// <summary>The slots of one lane: those of the lane's arms, and the lane's own slots for shared values, so that lanes
/// never touch each other's slots.</summary>
sealed class Store
{
    readonly Dictionary<Place, Slot> slots = [];
    readonly Dictionary<Place, object> appends = [];
    readonly List<(Place Place, Action Clear)> clearers = [];

    /// <summary>Called with the values that a system of the lane made in its first run; null for no call.</summary>
    public Action<PlannedSystem, IReadOnlyList<object?>>? Inspect { get; set; }

    public Slot Slot(Place place)
    {
        if (slots.TryGetValue(place, out var slot)) return slot;
        slot = Scheduling.Slot.Of(place.Type);
        return slots[place] = slot;
    }

    /// <summary>Finds a slot; null where no system of the lane names the place.</summary>
    public Slot? Find(Place place) => slots.GetValueOrDefault(place);

    /// <summary>The slots of an entity's values that systems make: all but its components.</summary>
    public IEnumerable<Slot> MadeFor(Entity entity) =>
        slots.Where(pair => pair.Key.Entity == entity && !entity.Has(pair.Key.Type)).Select(pair => pair.Value);

    public (Place, object?)[] Read(IEnumerable<Place> places) =>
        [.. places.Select(place => (place, Find(place)?.Boxed))];

    /// <summary>Takes the values that the lane's systems name; null stands for an absent value.</summary>
    public void Write(IEnumerable<(Place, object?)> values)
    {
        foreach (var (place, value) in values)
            if (Find(place) is { } slot) slot.Boxed = value;
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

    public void Set<T>(Entity entity, T value) => Slot(new(entity, typeof(T))).Boxed = value;

    public void SetComponents(Entity entity)
    {
        foreach (var (type, component) in entity.Components) Slot(new(entity, type)).Boxed = component;
    }
}
