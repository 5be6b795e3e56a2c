using Microsoft.Extensions.Logging;
using Rils.Files;

namespace Rils.Cli.Hosting;

/// <summary>Writes the log to standard error, a line for each message.</summary>
/// <param name="error">Takes the lines.</param>
/// <param name="least">The lowest level that is written.</param>
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
            var text = Printable.Line(formatter(state, exception));
            var trace = exception is null ? "" : $"\n{exception}";
            error.WriteLine($"{LevelName.Of(logLevel)}: {name}[{eventId.Id}] {text}{trace}");
        }
    }
}
