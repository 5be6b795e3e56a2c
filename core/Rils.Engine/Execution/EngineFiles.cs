using Rils.Engine.Plugins;
using Rils.Files;

namespace Rils.Engine.Execution;

/// <summary>The files of the engine's assemblies, without plugins and hosts.</summary>
static class EngineFiles
{
    /// <summary>The SHA-256 of each file, by the file's name.</summary>
    public static IReadOnlyDictionary<string, string> Hashes { get; } = EngineAssemblies.All
        .ToDictionary(assembly => Path.GetFileName(assembly.Location), assembly => FileHash.Of(assembly.Location));
}
