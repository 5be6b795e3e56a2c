using Rils.Engine.Plugins;
using Rils.Files;

namespace Rils.Engine.Execution;

/// <summary>The files that the engine consists of, plugins and hosts left out.</summary>
static class EngineFiles
{
    /// <summary>SHA-256 of each, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Hashes { get; } = EngineAssemblies.All
        .ToDictionary(assembly => Path.GetFileName(assembly.Location), assembly => FileHash.Of(assembly.Location));
}
