using Rils.Engine.WeightFiles;
using Rils.Files;

namespace Rils.Cli.Rendering;

/// <summary>Prints what a file of weights says of its model, without the experiment.</summary>
static class DescriptionLines
{
    /// <returns>A line for the arm, and one for each part; none for a file that no run wrote.</returns>
    public static IReadOnlyList<string> Of(string file)
    {
        if (ModelDescription.Find(file) is not { } described) return [];
        return [Printable.Line(
            $"arm {described.Arm}, seed {described.Seed}, step {described.Step}, by rils {described.Rils}"),
            .. described.Shapes.Select(table => Printable.Line($"{Title(described, table.Key)}: "
                + string.Join(", ", table.Value.Select(size => $"{size.Key} {size.Value}"))))];
    }

    static string Title(ModelDescription described, string table) =>
        described.Parts.TryGetValue(table, out var kind) ? $"{table} {kind}" : table;
}
