using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rils.Engine.Plugins;

/// <summary>From the services that a plugin registered to its provider, with the host's loggers among them.</summary>
sealed class PluginServices(LoadedPlugin origin, ILoggerFactory loggers, PluginProblems problems)
{
    static readonly ServiceProviderOptions strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    /// <summary>Null where a service can never be made, which is told.</summary>
    public ServiceProvider? Build(ServiceCollection services)
    {
        // Behind the plugin's own, so that the host's count.
        services.AddSingleton(loggers).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.MakeReadOnly();
        try
        {
            return services.BuildServiceProvider(strict);
        }
        catch (AggregateException wrong)
        {
            foreach (var cause in wrong.InnerExceptions.Select(mistake => mistake.GetBaseException()))
                problems.Add($"plugin {origin.Name} registers a service that cannot be made: {cause.Message}",
                    origin.Where, "add what is missing to rils.Services; a singleton takes no scoped service");
            return null;
        }
    }
}
