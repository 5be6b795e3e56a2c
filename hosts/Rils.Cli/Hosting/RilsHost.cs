using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>Builds the host of a command: the handler, libtorch, the plugins, the loaders of experiments, the
/// log.</summary>
static class RilsHost
{
    public static IHost Build<THandler>(CommandArguments arguments, Terminal terminal, FailureReport failures)
        where THandler : class, ICommandHandler
    {
        // No defaults: an appsettings.json of the current folder must not change an experiment.
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true, ApplicationName = "rils" });
        var shown = failures.IsVerbose ? LogLevel.Information : LogLevel.Warning;
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddProvider(new TerminalLogger(terminal.Error, shown));
        builder.Services
            .AddSingleton(terminal)
            .AddSingleton(failures)
            .AddSingleton(arguments.GetType(), arguments)
            .AddSingleton<IHostLifetime>(services => new SignalLifetime(
                services.GetRequiredService<IHostApplicationLifetime>(), terminal.Error, THandler.FinishesStep))
            .AddSingleton(_ => new Libtorch(arguments.Libtorch, terminal))
            .AddSingleton(services => PluginsOf(arguments, services))
            .AddSingleton(services => services.GetRequiredService<PluginSet>().Registry)
            .AddSingleton<ExperimentLoader>()
            .AddSingleton<SweepLoader>()
            .AddSingleton<SingleExperiment>()
            .AddSingleton<THandler>();
        THandler.AddTo(builder.Services);
        return builder.Build();
    }

    static PluginSet PluginsOf(CommandArguments arguments, IServiceProvider services)
    {
        services.GetRequiredService<Libtorch>().Load();
        return PluginLoader.Load([.. PluginLocations.Always, .. arguments.Plugins],
            services.GetRequiredService<ILoggerFactory>());
    }
}
