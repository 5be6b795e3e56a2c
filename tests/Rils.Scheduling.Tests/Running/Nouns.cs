namespace Rils.Scheduling.Tests.Running;

/// <summary>A value that the host lane makes for each tick.</summary>
sealed record Batch(long Step) : IShared;

sealed class Owned : IShared, IDisposable
{
    public int Disposed;

    public void Dispose() => Interlocked.Increment(ref Disposed);
}

/// <summary>A State of an arm: the steps that the arm has seen.</summary>
sealed record Seen
{
    public List<long> Steps { get; } = [];
}

sealed record Options;
sealed record ItemOptions;

readonly record struct Rate(double Value);

sealed record Term(string Text);
