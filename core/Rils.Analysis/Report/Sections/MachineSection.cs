namespace Rils.Analysis.Report.Sections;

/// <summary>By what the run was done.</summary>
static class MachineSection
{
    public static Section Of(ReportSource source)
    {
        var manifest = source.Run.Manifest;
        return new("machine", "Machine and versions", Markup.Of($"""
            {Table.Pairs("Machine", manifest.Machine)}{Table.Pairs("Libraries", manifest.Libraries.Prepend(new("rils", manifest.Rils)))}{Table.Of("Plugins",
                [Table.Text("plugin"), Table.Text("version"), Table.Text("SHA-256 of its files")],
                manifest.Plugins.Select(plugin => (Markup[])[Table.Text(plugin.Name), Table.Text(plugin.Version), Markup.Of($"<code class=\"hash\">{plugin.Sha256}</code>")]))}
            """));
    }
}
