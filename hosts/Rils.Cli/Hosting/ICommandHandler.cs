using Microsoft.Extensions.DependencyInjection;

namespace Rils.Cli.Hosting;

/// <summary>Does the work of a command. The container makes the handler, with the command's arguments among its
/// services.</summary>
interface ICommandHandler
{
    /// <summary>Whether the work, at a signal, ends its step before it stops. A signal ends any other work at once,
    /// even inside native code.</summary>
    static virtual bool FinishesStep => false;

    /// <summary>Whether the result of the work is files, so that the printed text may be lost.</summary>
    static virtual bool WritesFiles => false;

    /// <summary>Adds the services that this handler alone needs.</summary>
    static virtual void AddTo(IServiceCollection services)
    {
    }

    /// <summary>Does the work.</summary>
    /// <param name="stopping">Cancelled by Ctrl-C, SIGTERM and SIGHUP.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">A signal stopped the work.</exception>
    int Run(CancellationToken stopping);
}
