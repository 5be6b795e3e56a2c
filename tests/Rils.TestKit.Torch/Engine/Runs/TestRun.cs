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
    /// <param name="plugins">The plugins with which the experiment was loaded.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="sink">A sink of the run; null for none.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <param name="log">The log of the run; null for none.</param>
    /// <returns>The end of each arm of each seed; empty where the run was stopped.</returns>
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

    /// <summary>A factory that gives every category the same logger.</summary>
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
