using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>Runs a command under strace, which lets a chosen system call fail or kills the process at it.</summary>
static class Strace
{
    /// <summary>The environment variable that lets the tests try all moments; without it they try a few.</summary>
    const string All = "RILS_ALL_MOMENTS";

    public const string Absent = "strace is not installed: apt-get install strace";

    public static bool IsHere { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "strace")));

    /// <summary>Runs <c>rils</c> with a fault in its system calls. strace counts the calls in each thread by
    /// itself.</summary>
    /// <param name="calls">The names of the system calls: <c>fsync</c>.</param>
    /// <param name="fault">The fault in strace's notation: <c>error=EIO</c>, <c>signal=KILL:when=3</c>.</param>
    /// <param name="arguments">The arguments of <c>rils</c>.</param>
    public static Outcome Inject(string calls, string fault, params string[] arguments) =>
        Command.Under(["strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={calls}", "-e",
            $"inject={calls}:{fault}"], arguments);

    /// <summary>The numbers of the calls, from 1, at which a test makes its fault.</summary>
    /// <param name="most">The number of the last call.</param>
    /// <param name="few">The numbers that a test tries without <see cref="All"/>.</param>
    public static IEnumerable<int> Moments(int most, params int[] few) =>
        Environment.GetEnvironmentVariable(All) is { Length: > 0 } ? Enumerable.Range(1, most) : few;
}
