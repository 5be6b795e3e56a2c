namespace Rils.Runs;

/// <summary>A plugin's line in the run manifest.</summary>
/// <param name="Name">The name of the plugin's assembly and folder.</param>
/// <param name="Version">The assembly's informational version.</param>
/// <param name="Sha256">The hash of the names and contents of all files in the folder, in lowercase hexadecimal
/// digits.</param>
/// <param name="Path">The folder's path.</param>
public sealed record PluginInfo(string Name, string Version, string Sha256, string Path);
