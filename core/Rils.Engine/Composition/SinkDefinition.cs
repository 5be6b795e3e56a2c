using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>A sink of the experiment, before the engine makes it.</summary>
/// <param name="Name">The sink's name, which is unique in the experiment.</param>
/// <param name="Settings">The settings that every sink has.</param>
/// <param name="Table">The sink's kind and options.</param>
sealed record SinkDefinition(string Name, SinkSettings Settings, BoundTable Table)
{
    /// <summary>Makes the sink, which opens nothing before its first event.</summary>
    /// <param name="scope">The services that the sink is made with.</param>
    /// <exception cref="Configuration.ExperimentException">The plugin refuses the options.</exception>
    public ISink Make(KindScope scope) => Table.Make<ISink>(new SinkContext(Name), scope);
}
