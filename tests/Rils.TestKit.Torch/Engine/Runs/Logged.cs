using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rils.Tests.Engine.Runs;

/// <summary>A logger that keeps its messages.</summary>
sealed class Logged<T> : ILogger<T>
{
    readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId,
        TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception));
}
