namespace Rils.Runs;

/// <summary>A plugin's line in the run manifest.</summary>
/// <param name="Name">Of its assembly, and of its folder.</param>
/// <param name="Version">The assembly's informational version.</param>
/// <param name="Sha256">Of every file in its folder, names and contents; lowercase hexadecimal.</param>
/// <param name="Path">The folder.</param>
public sealed record PluginInfo(string Name, string Version, string Sha256, string Path);
