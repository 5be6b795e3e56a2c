namespace Rils.Contract;

/// <summary>Says that this plugin needs another one: the host loads that one first and gives its assembly to this
/// plugin, so that both see the same types. A plugin may need several.</summary>
/// <remarks>
/// <code>[assembly: RequiresPlugin("Rils.Layers", "[0.1,1.0)")]</code>
/// The host refuses this plugin, with the fix, where the other one is missing, has another version or needs this plugin
/// in turn. Libraries in the other plugin's folder stay its own.
/// </remarks>
/// <param name="name">The name of the other plugin's assembly; case does not count.</param>
/// <param name="versions">The versions that will do, in NuGet's notation: <c>1.2</c> is 1.2 and all later ones,
/// <c>[1.2,2.0)</c> is 1.2 to below 2.0, <c>[1.2]</c> is 1.2 alone. A plugin's version is the informational version of
/// its assembly, which a project gives by <c>Version</c>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RequiresPluginAttribute(string name, string versions) : Attribute
{
    /// <summary>The name of the other plugin's assembly.</summary>
    public string Name => name;

    /// <summary>The versions that will do, in NuGet's notation.</summary>
    public string Versions => versions;
}
