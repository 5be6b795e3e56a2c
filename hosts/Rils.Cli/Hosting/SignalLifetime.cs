using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Rils.Cli.Hosting;

/// <summary>Ctrl-C, SIGTERM and SIGHUP (the terminal was closed) stop the command: a run between two steps or two
/// batches of an evaluation, any other command at once. A second signal ends the process.</summary>
/// <param name="application">Is told to stop.</param>
/// <param name="error">Takes the message.</param>
/// <param name="finishesStep">Whether the command ends its step first, and so may take its time.</param>
sealed class SignalLifetime(IHostApplicationLifetime application, TextWriter error, bool finishesStep)
    : IHostLifetime, IDisposable
{
    /// <summary>Raised by writing beyond the limit of a file's size; raw, since .NET has no name for it. Linux and macOS number it alike.</summary>
    const PosixSignal FileSizeExceeded = (PosixSignal)25;

    /// <summary>The number of SIGHUP.</summary>
    const int Hangup = 1;

    readonly List<PosixSignalRegistration> registrations = [];
    int signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        // Under nohup it stays ignored.
        if (!IsIgnored(Hangup)) registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUp));
        // Its default is to end the process without a word; caught, the write fails with an error that names the file.
        if (!OperatingSystem.IsWindows()) registrations.Add(PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    /// <summary>Comes twice where a terminal is closed, from the shell and from the system: the second one ends
    /// nothing.</summary>
    void HangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Volatile.Read(ref signals) == 0) Stop(context);
    }

    /// <summary>Whether the process was started with a signal ignored.</summary>
    static bool IsIgnored(int signal)
    {
        const string Status = "/proc/self/status", Name = "SigIgn:";
        var line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line[Name.Length..].Trim(), 16) >> (signal - 1) & 1) != 0;
    }

    void Stop(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref signals) > 1) return;
        context.Cancel = true;
        if (finishesStep) error.WriteLine("stopping after this step; once more to end at once");
        application.StopApplication();
    }
}
