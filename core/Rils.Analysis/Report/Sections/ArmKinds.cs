using Rils.Configuration;

namespace Rils.Analysis.Report.Sections;

/// <summary>Writes an arm's components in one line.</summary>
static class ArmKinds
{
    /// <summary>Writes <c>backbone vit, masking random, objective contrastive</c>.</summary>
    public static string Of(ArmTree arm) => string.Join(", ",
        from entry in arm.Tables.Entries
        from table in entry.Value is ArrayNode list
            ? list.Items.OfType<TableNode>() : ((TomlNode[])[entry.Value]).OfType<TableNode>()
        where table.Text("kind") is not null
        select $"{entry.Key} {table.Text("kind")}");
}
