using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Rils.Cli.Hosting;

/// <summary>Ctrl-C and SIGTERM stop the run between two steps or two batches of an evaluation; a second signal ends the process at once.</summary>
sealed class SignalLifetime(IHostApplicationLifetime application, TextWriter error) : IHostLifetime, IDisposable
{
    /// <summary>Raised by writing beyond the limit of a file's size; raw, since .NET has no name for it. Linux and macOS number it alike.</summary>
    const PosixSignal FileSizeExceeded = (PosixSignal)25;

    readonly List<PosixSignalRegistration> registrations = [];
    int signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        // Its default is to end the process without a word; caught, the write fails with an error that names the file.
        if (!OperatingSystem.IsWindows()) registrations.Add(PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    void Stop(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref signals) > 1) return;
        context.Cancel = true;
        error.WriteLine("stopping after this step; once more to end at once");
        application.StopApplication();
    }
}
