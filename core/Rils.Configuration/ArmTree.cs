namespace Rils.Configuration;

/// <summary>An arm: the shared tables with the arm's own merged over them.</summary>
/// <param name="Name">The arm's name, which is unique in the experiment and fit for a folder.</param>
/// <param name="Span">The place of the arm; the place of the experiment's name for an arm without
/// <c>[[arm]]</c>.</param>
/// <param name="Tables">All tables of the arm, without its name and without tables that <c>"none"</c> dropped. Arms
/// share no node.</param>
public sealed record ArmTree(string Name, SourceSpan Span, TableNode Tables)
{
    /// <summary>The key by which an arm names its device.</summary>
    public const string DeviceKey = "device";

    /// <summary>The device that the arm names, as it is written; null for an arm that names none.</summary>
    public string? Device => Tables.Text(DeviceKey);
}
