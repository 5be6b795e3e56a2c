using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Finds the samples that a source gives again.</summary>
static class Repeats
{
    /// <summary>Number of samples, each counted once.</summary>
    public static int CountOnce(ISource source)
    {
        var count = 0;
        for (var number = 0; number < source.Count; number++)
            if (source.FirstOf(number) == number) count++;
        return count;
    }

    /// <summary>The samples' numbers without repeats; null where no sample is a repeat.</summary>
    public static int[]? NumbersOnce(ISource source) => CountOnce(source) == source.Count ? null
        : [.. Enumerable.Range(0, source.Count).Where(number => source.FirstOf(number) == number)];
}
