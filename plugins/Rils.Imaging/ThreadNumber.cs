namespace Rils.Imaging;

/// <summary>Numbers the threads that decode, in the order in which they first ask.</summary>
static class ThreadNumber
{
    static int count;

    // From 1 on: 0 is a thread that has not asked.
    [ThreadStatic]
    static int mine;

    /// <summary>This thread's number, from 0 on.</summary>
    public static int Mine => (mine != 0 ? mine : mine = Interlocked.Increment(ref count)) - 1;
}
