using System.Collections.Concurrent;

namespace Rils.Scheduling.Tests.Running;

/// <summary>Compares what a function tells of values, and a number that all systems can reach.</summary>
sealed class SnapshotWatch(Func<object, object?> tell) : IWatch
{
    int remembered;
    bool isClose;

    /// <summary>Values that all systems can reach.</summary>
    public static int Setting;

    /// <summary>The systems of Setup that it was told of.</summary>
    public ConcurrentBag<string> SetUp { get; } = [];

    public IStock NewStock() => new Stock(tell);

    public void Setup(PlannedSystem system) => SetUp.Add($"{system.Name} of {system.Entity}");

    public void Remember(bool closely) => (remembered, isClose) = (Setting, closely);

    public string? PutBack(PlannedSystem? system)
    {
        if (Setting == remembered || (system is not null && !isClose)) return null;
        Setting = remembered;
        return "moves the setting";
    }

    public string Who(PlannedSystem system, IEnumerable<object> used) =>
        $"{system.Definition.Origin} with "
            + $"{string.Join(" and ", used.Select(value => value.GetType().Name).Order(StringComparer.Ordinal))}";

    public Exception Explain(PlannedSystem system, IEnumerable<object> used, Exception thrown) =>
        thrown is TimeoutException ? new InvalidOperationException($"{Who(system, used)} was slow", thrown) : thrown;

    sealed class Stock(Func<object, object?> tell) : IStock
    {
        readonly Dictionary<object, (object Value, object? Told)> entries = new(ReferenceEqualityComparer.Instance);

        public void Put(object place, object? value)
        {
            if (value is null) entries.Remove(place);
            else entries[place] = (value, tell(value));
        }

        public void Clear() => entries.Clear();

        public string? Change(IReadOnlyList<object> allowed)
        {
            foreach (var (value, told) in entries.Values)
                if (!Equals(tell(value), told) && !allowed.Contains(value, ReferenceEqualityComparer.Instance))
                    return $"changes {value.GetType().Name}";
            return null;
        }
    }
}
