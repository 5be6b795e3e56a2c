using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Rils.Cli.Hosting;

/// <summary>Ctrl-C, SIGTERM and SIGHUP (the terminal was closed) stop the command: a run between two steps or two
/// batches of an evaluation, any other command at once. A second signal ends the process.</summary>
/// <param name="application">The application that a signal stops.</param>
/// <param name="error">Takes the message.</param>
/// <param name="finishesStep">Whether the command ends its step before it stops, which may take a while.</param>
sealed class SignalLifetime(IHostApplicationLifetime application, TextWriter error, bool finishesStep)
    : IHostLifetime, IDisposable
{
    /// <summary>The number of SIGXFSZ on Linux and macOS. The system sends this signal when the process writes beyond
    /// the limit of a file's size; .NET has no name for it.</summary>
    const PosixSignal FileSizeExceeded = (PosixSignal)25;

    /// <summary>The number of SIGHUP.</summary>
    const int Hangup = 1;

    readonly List<PosixSignalRegistration> registrations = [];
    int signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        // Under nohup the process ignores SIGHUP, and goes on ignoring it.
        if (!IsIgnored(Hangup)) registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUp));
        // Uncaught, SIGXFSZ ends the process without a message. Caught, the write fails with an error that names the
        // file.
        if (!OperatingSystem.IsWindows())
            registrations.Add(
                PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    /// <summary>Stops the command at SIGHUP. A terminal that is closed sends SIGHUP twice, from the shell and from the
    /// system; the second one ends nothing.</summary>
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
        if (finishesStep) error.WriteLine("stopping after this step; a second signal ends rils at once");
        application.StopApplication();
    }
}
