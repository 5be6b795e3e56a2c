namespace Rils.Contract;

/// <summary>The entry point of a plugin: the host makes one instance with the parameterless constructor and calls it once.</summary>
public interface IPlugin
{
    /// <summary>Registers kinds, components and systems. It must not touch a device or a file.</summary>
    void Configure(IRilsBuilder rils);
}
