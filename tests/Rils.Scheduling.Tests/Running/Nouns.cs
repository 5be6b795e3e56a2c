namespace Rils.Scheduling.Tests.Running;

/// <summary>What the host lane makes for a tick.</summary>
sealed record Batch(long Step) : IShared;

sealed class Owned : IShared, IDisposable
{
    public int Disposed;

    public void Dispose() => Interlocked.Increment(ref Disposed);
}

/// <summary>An arm's State: all that it has seen.</summary>
sealed record Seen
{
    public List<long> Steps { get; } = [];
}

sealed record Options;
sealed record ItemOptions;

readonly record struct Rate(double Value);

sealed record Term(string Text);
