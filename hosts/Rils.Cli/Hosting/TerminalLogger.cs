using Microsoft.Extensions.Logging;
using Rils.Files;

namespace Rils.Cli.Hosting;

/// <summary>The log, a line for each message, on standard error.</summary>
/// <param name="error">Takes the lines.</param>
/// <param name="least">Messages below this level are left out.</param>
sealed class TerminalLogger(TextWriter error, LogLevel least) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, error, least);

    public void Dispose()
    {
    }

    sealed class Category(string name, TextWriter error, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var (text, trace) = (Printable.Line(formatter(state, exception)), exception is null ? "" : $"\n{exception}");
            error.WriteLine($"{LevelName.Of(logLevel)}: {name}[{eventId.Id}] {text}{trace}");
        }
    }
}
