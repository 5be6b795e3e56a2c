using Microsoft.Extensions.DependencyInjection;

namespace Rils.Cli.Hosting;

/// <summary>A command's work. The container makes the handler, with the command's arguments among its
/// services.</summary>
interface ICommandHandler
{
    /// <summary>Whether a signal lets the work end its step and leave what it has; any other work a signal ends at
    /// once, within native code too.</summary>
    static virtual bool FinishesStep => false;

    /// <summary>Whether the printed text is not the result of the work, so that the text may be lost.</summary>
    static virtual bool WritesFiles => false;

    /// <summary>Adds the services that this handler alone needs.</summary>
    static virtual void AddTo(IServiceCollection services)
    {
    }

    /// <summary>Works.</summary>
    /// <param name="stopping">Cancelled by Ctrl-C, SIGTERM and SIGHUP.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">A signal stopped it.</exception>
    int Run(CancellationToken stopping);
}
