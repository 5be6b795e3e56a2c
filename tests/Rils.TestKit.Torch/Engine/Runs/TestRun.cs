using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Tests.Engine.Runs;

/// <summary>Runs an experiment in this process, on the CPU.</summary>
static class TestRun
{
    /// <summary>Runs to the end or to a cancellation.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="plugins">The plugins it was loaded with.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="sink">Hears of the run; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <param name="log">Takes the run's log; null for nobody.</param>
    /// <returns>How each arm of each seed ended; empty where the run was stopped.</returns>
    public static IReadOnlyList<ArmOutcome> Of(Experiment experiment, PluginSet plugins, RunFolder folder,
        ISink? sink = null, CancellationToken cancellation = default, ILogger? log = null)
    {
        try
        {
            ISink[] sinks = sink is null ? [] : [sink];
            return new ExperimentRun(experiment, plugins, new OneLogger(log ?? NullLogger.Instance), sinks)
                .Run(folder, "cpu", cancellation);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>Gives everybody the same logger.</summary>
    sealed class OneLogger(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
