using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Runs;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows the machine, the versions and the files with which each run was made. Runs that were made alike are
/// shown once.</summary>
static class MachineSection
{
    public static Section Of(ReportSource source) => new("machine", "Machine and versions", source.IsJoined
        ? Markup.Join(source.Runs.GroupBy(run => Means(run.Run.Manifest)).Index().Select(alike => Table.Folded(
            string.Join(", ", alike.Item.Select(run => run.Name)), alike.Item.Key, isOpen: alike.Index == 0)))
        : Means(source.Run.Manifest));

    static Markup Means(RunManifest manifest) => Markup.Join(
    [
        .. manifest.Stretches.SelectMany(stretch => stretch.Lines).Select(Table.Note),
        Table.Pairs("Machine", manifest.Machine),
        Table.Pairs("Libraries", manifest.Libraries.Prepend(new("rils", manifest.Rils))),
        Table.Pairs("SHA-256 of the engine's files", manifest.Engine),
        Table.Pairs("Data", manifest.Data.Select(data => KeyValuePair.Create(data.Key, $"{data.Value}"))),
        Table.Pairs("SHA-256 of other files", manifest.Files.Concat(manifest.Taken)),
        Table.Of("Plugins", [Table.Text("plugin"), Table.Text("version"), Table.Text("SHA-256 of its files")],
            manifest.Plugins.Select(plugin => (Markup[])
            [
                Table.Text(plugin.Name), Table.Text(plugin.Version),
                Markup.Of($"<code class=\"hash\">{plugin.Sha256}</code>"),
            ])),
    ]);
}
