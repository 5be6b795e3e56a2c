using Rils.Contract;
using Rils.Files;
using Rils.Scheduling;

namespace Rils.Engine.Execution;

/// <summary>The files that the engine consists of, plugins and hosts left out.</summary>
static class EngineFiles
{
    /// <summary>SHA-256 of each, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Hashes { get; } =
        ((Type[])[typeof(ISource), typeof(World), typeof(EngineFiles)])
        .Select(type => type.Assembly.Location).Order(StringComparer.Ordinal)
        .ToDictionary(file => Path.GetFileName(file), FileHash.Of);
}
