using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rils.Tests.Engine.Runs;

/// <summary>Keeps what all loggers say, as <c>category: text</c>.</summary>
sealed class LoggedLines : ILoggerFactory
{
    readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, lines);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Enqueue($"{name}: {formatter(state, exception)}");
    }
}
