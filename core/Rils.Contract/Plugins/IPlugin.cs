namespace Rils.Contract;

/// <summary>The entry point of a plugin: the host makes one instance with the parameterless constructor and calls it
/// once.</summary>
public interface IPlugin
{
    /// <summary>Registers kinds, components and systems. This method must not touch a device or a file.</summary>
    /// <param name="rils">Takes the registrations, only until this method returns.</param>
    /// <remarks>Where this method throws, the host reports the plugin as a problem and takes none of its
    /// registrations.</remarks>
    void Configure(IRilsBuilder rils);
}
