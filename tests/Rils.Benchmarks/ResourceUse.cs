using System.Runtime.InteropServices;

namespace Rils.Benchmarks;

/// <summary>The resources that all threads of this process have used so far.</summary>
/// <param name="Seconds">Processor time in the process's own code and in the kernel for the process.</param>
/// <param name="Sleeps">How often a thread gave up its core by itself, to wait (voluntary context switches).</param>
readonly record struct ResourceUse(double Seconds, long Sleeps)
{
    // <sys/resource.h> on 64-bit Linux: two times of two numbers each, then fourteen counters.
    const int Numbers = 18, VoluntarySwitches = 16;

    public static ResourceUse Now()
    {
        var usage = new long[Numbers];
        if (getrusage(0, usage) != 0) throw new InvalidOperationException("getrusage failed");
        return new(usage[0] + usage[2] + (usage[1] + usage[3]) / 1e6, usage[VoluntarySwitches]);
    }

    public static ResourceUse operator -(ResourceUse later, ResourceUse earlier) =>
        new(later.Seconds - earlier.Seconds, later.Sleeps - earlier.Sleeps);

    [DllImport("libc")]
    static extern int getrusage(int who, long[] usage);
}
