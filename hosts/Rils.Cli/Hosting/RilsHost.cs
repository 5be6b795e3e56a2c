using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>The host: plugins, the loader of experiments, logging to standard error.</summary>
static class RilsHost
{
    public static IHost Build(IReadOnlyList<string> pluginRoots, Terminal terminal, bool verbose)
    {
        // Without the defaults: an appsettings.json of the current folder must not change an experiment.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ApplicationName = "rils" });
        builder.Logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddProvider(new TerminalLogger(terminal.Error));
        builder.Services
            .AddSingleton<IHostLifetime>(services => new SignalLifetime(services.GetRequiredService<IHostApplicationLifetime>(), terminal.Error))
            .AddSingleton(_ => PluginLoader.Load(pluginRoots))
            .AddSingleton(services => services.GetRequiredService<PluginSet>().Registry)
            .AddSingleton<ExperimentLoader>()
            .AddSingleton<SweepLoader>();
        return builder.Build();
    }
}
