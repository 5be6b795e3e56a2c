namespace Rils.Runs;

/// <summary>The facts of a machine that a manifest holds, by their names.</summary>
static class MachineFacts
{
    /// <summary>Facts that a manifest holds and that change no bit.</summary>
    static readonly string[] Indifferent = ["cores", "memory_gib", "os", "threads"];

    /// <summary>The facts of a machine that may change a run's bits.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Deciding(IReadOnlyDictionary<string, string> machine) =>
        machine.Where(entry => !Indifferent.Contains(entry.Key));
}
