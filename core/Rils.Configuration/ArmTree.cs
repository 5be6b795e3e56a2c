namespace Rils.Configuration;

/// <summary>An arm: the root's tables with the arm's own merged over them.</summary>
/// <param name="Name">Unique in the experiment and good as a folder name.</param>
/// <param name="Span">Where the arm was written; the experiment's name for one without <c>[[arm]]</c>.</param>
/// <param name="Tables">All tables of the arm, without its name and without what <c>"none"</c> dropped. No node is shared between arms.</param>
public sealed record ArmTree(string Name, SourceSpan Span, TableNode Tables)
{
    /// <summary>The key by which an arm names its device.</summary>
    public const string DeviceKey = "device";

    /// <summary>The device that the arm names, as it is written; null for an arm that names none.</summary>
    public string? Device => Tables.Text(DeviceKey);
}
