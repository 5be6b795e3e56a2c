using Rils.Configuration.Settings;
using Rils.Contract;

namespace Rils.Engine.Composition;

/// <summary>A sink as the file gives it.</summary>
/// <param name="Name">The sink's name, which is unique in the experiment.</param>
/// <param name="Settings">The settings that every sink has.</param>
/// <param name="Table">The sink's kind and options.</param>
sealed record SinkDefinition(string Name, SinkSettings Settings, BoundTable Table)
{
    /// <summary>Makes the sink, which opens nothing before its first event.</summary>
    /// <exception cref="Configuration.ExperimentException">The plugin refuses the options.</exception>
    public ISink Make() => Table.Make<ISink>(new SinkContext(Name));
}
