using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>Runs a command whose system calls fail, or kill it, when they are told to.</summary>
static class Strace
{
    /// <summary>All moments are tried where this variable is set, and a few of them otherwise.</summary>
    const string All = "RILS_ALL_MOMENTS";

    public const string Absent = "strace is not installed: apt-get install strace";

    public static bool IsHere { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "strace")));

    /// <summary>Runs <c>rils</c> with something done to its calls, counted in each thread by itself.</summary>
    /// <param name="calls">Their names: <c>fsync</c>.</param>
    /// <param name="fault">What is done to them: <c>error=EIO</c>, <c>signal=KILL:when=3</c>.</param>
    /// <param name="arguments">What follows <c>rils</c>.</param>
    public static Outcome Inject(string calls, string fault, params string[] arguments) =>
        Command.Under(["strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={calls}", "-e",
            $"inject={calls}:{fault}"], arguments);

    /// <summary>Which calls of a thread a test tries.</summary>
    /// <param name="most">The highest number.</param>
    /// <param name="few">Those that are tried always.</param>
    public static IEnumerable<int> Moments(int most, params int[] few) =>
        Environment.GetEnvironmentVariable(All) is { Length: > 0 } ? Enumerable.Range(1, most) : few;
}
