using System.Runtime.CompilerServices;
using Rils.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary>Keeps the plugins that this user installed out of the tests, and out of the processes that they
/// start.</summary>
static class NoInstalledPlugins
{
    [ModuleInitializer]
    internal static void Hide() => Environment.SetEnvironmentVariable(PluginLocations.Variable, "/dev/null/none");
}
