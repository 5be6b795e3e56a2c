using Microsoft.Extensions.Logging;
using Rils.Files;

namespace Rils.Cli.Hosting;

/// <summary>The log, a line for each message, on standard error.</summary>
sealed class TerminalLogger(TextWriter error) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, error);

    public void Dispose()
    {
    }

    sealed class Category(string name, TextWriter error) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            error.WriteLine($"{Short(logLevel)}: {name}[{eventId.Id}] {Printable.Line(formatter(state, exception))}{(exception is null ? "" : $"\n{exception}")}");

        static string Short(LogLevel level) => level switch
        {
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            LogLevel.Critical => "crit",
            LogLevel.Information => "info",
            _ => "dbug",
        };
    }
}
