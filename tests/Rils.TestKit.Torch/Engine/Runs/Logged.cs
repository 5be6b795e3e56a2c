using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rils.Tests.Engine.Runs;

/// <summary>A logger that keeps its messages.</summary>
/// <param name="least">The lowest level that is kept.</param>
sealed class Logged<T>(LogLevel least = LogLevel.Warning) : ILogger<T>
{
    readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId,
        TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) lines.Enqueue(formatter(state, exception));
    }
}
