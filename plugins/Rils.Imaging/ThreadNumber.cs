namespace Rils.Imaging;

/// <summary>Numbers the threads that decode, in the order of their first call.</summary>
static class ThreadNumber
{
    static int count;

    // Counts from 1: 0 marks a thread that has not called yet.
    [ThreadStatic]
    static int mine;

    /// <summary>The current thread's number, from 0.</summary>
    public static int Mine => (mine != 0 ? mine : mine = Interlocked.Increment(ref count)) - 1;
}
