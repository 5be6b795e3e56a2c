using System.Globalization;
using Microsoft.Extensions.Logging;
using Rils.Cli.Rendering;
using Rils.Contract;
using Rils.Files;

namespace Rils.Cli.Hosting;

/// <summary>Writes the log in the folder of a run: a line for each message from Information up, with its time in
/// UTC.</summary>
/// <remarks>Messages wait in memory until a run opens its folder. Where the disk refuses the log, the run goes on
/// without it.</remarks>
sealed class RunLog(Terminal terminal) : ILoggerProvider
{
    readonly Lock gate = new();
    readonly List<string> common = [], waiting = [];
    bool isOpen, isOfSweep, isTold;
    StreamWriter? file;

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, this);

    /// <summary>Begins the messages of the next run of a sweep. The messages from before the first run stand at the
    /// beginning of every run's log.</summary>
    public void NextRun()
    {
        lock (gate)
        {
            if (!isOfSweep) common.AddRange(waiting);
            isOfSweep = true;
            waiting.Clear();
        }
    }

    /// <summary>Appends messages to a file until the caller disposes the result. The messages that waited come
    /// first.</summary>
    public IDisposable Open(string path)
    {
        lock (gate)
        {
            isOpen = true;
            Try(path, () =>
            {
                RegularFile.Require(path);
                // No buffer: when the file is closed, a buffer would write again the text that the disk refused.
                file = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
                {
                    AutoFlush = true,
                };
                foreach (var line in common.Concat(waiting)) file.Write(line);
            });
            waiting.Clear();
        }
        return new Opened(this);
    }

    public void Dispose() => Close();

    void Close()
    {
        lock (gate)
        {
            file?.BaseStream.Dispose();
            (file, isOpen) = (null, false);
        }
    }

    void Write(string line)
    {
        lock (gate)
        {
            if (!isOpen) waiting.Add(line);
            else if (file is { BaseStream: FileStream { Name: var path } }) Try(path, () => file.Write(line));
        }
    }

    void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            file?.BaseStream.Dispose();
            file = null;
            if (isTold) return;
            isTold = true;
            terminal.Error.WriteLine(
                $"warning: {path} cannot be written ({refused.Message}): the run goes on without it");
        }
    }

    sealed class Opened(RunLog log) : IDisposable
    {
        public void Dispose() => log.Close();
    }

    sealed class Category(string name, RunLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            var trace = exception is null ? "" : $"{Printable.Lines($"{exception}")}\n";
            var text = Printable.Line(formatter(state, exception));
            log.Write($"{time} {LevelName.Of(logLevel)} {name}: {text}\n{trace}");
        }
    }
}
