using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rils.Engine.Plugins;

/// <summary>Builds the provider of the services that a plugin registered, with the host's loggers among them.</summary>
sealed class PluginServices(LoadedPlugin origin, ILoggerFactory loggers, PluginProblems problems)
{
    static readonly ServiceProviderOptions strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    /// <summary>Builds the provider. Returns null and reports problems where a service can never be made.</summary>
    public ServiceProvider? Build(ServiceCollection services)
    {
        // The last registration of a type counts, so that the loggers are the host's, not the plugin's.
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
                    origin.Where,
                    "register the missing service in rils.Services; a singleton cannot take a scoped one");
            return null;
        }
    }
}
