using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Sheets;
using Rils.Runs;

namespace Rils.Cli.Rendering;

/// <summary>Writes a comparison to the terminal.</summary>
static class ComparisonDisplay
{
    public static void Write(Terminal terminal, Comparison comparison)
    {
        foreach (var line in ComparisonSheets.Heading(comparison)) terminal.Output.WriteLine(line);
        WriteFactors(terminal, comparison);
        foreach (var sheet in ComparisonSheets.Of(comparison)) Write(terminal, sheet);
        foreach (var line in ComparisonSheets.Caption(comparison)) terminal.WriteDim(line);
    }

    /// <summary>Compares the arms at the end of a run, whose own table has shown the means. Writes nothing where fewer
    /// than two arms can be compared.</summary>
    public static void AfterRun(Terminal terminal, string folder, IReadOnlyList<ArmOutcome> outcomes)
    {
        var able = outcomes.Where(outcome => outcome.Heads.Count > 0 && outcome.Failure is null);
        if (able.Select(outcome => outcome.Arm).Distinct().Count() < 2) return;
        Compared(terminal, folder, all =>
        {
            if (all.Arms.Count < 2) return;
            var comparison = OfPrimary(all);
            var sheets = ComparisonSheets.Of(comparison, withModels: false).ToArray();
            // For one seed, the run's own table has all figures of the first sheet, whose title comes before all else.
            var isOne = comparison.Seeds.Count == 1;
            if (isOne) terminal.Output.WriteLine(sheets[0].Title);
            terminal.Output.WriteLine($"differences are to arm {comparison.Baseline}; for another, "
                + $"{(comparison == all ? "" : "other metrics ")}and other formats: rils compare {folder}");
            WriteFactors(terminal, comparison);
            foreach (var sheet in isOne ? sheets[1..] : sheets) Write(terminal, sheet);
            WriteChoices(terminal, comparison);
        });
    }

    /// <summary>The comparison by the primary metric alone, which answers what the run was for; whole where the run has
    /// none.</summary>
    static Comparison OfPrimary(Comparison comparison) => comparison.Metrics.Any(metric => metric.IsPrimary)
        ? comparison with { Metrics = [.. comparison.Metrics.Where(metric => metric.IsPrimary)] } : comparison;

    /// <summary>Writes the answer of a sweep of several runs at its end: a grid and the effects of its
    /// factors.</summary>
    public static void AfterSweep(Terminal terminal, string folder) =>
        Compared(terminal, folder, comparison =>
        {
            foreach (var note in comparison.Notes) terminal.WriteDim($"note: {note}");
            WriteFactors(terminal, comparison);
            WriteChoices(terminal, comparison);
        });

    static void WriteFactors(Terminal terminal, Comparison comparison)
    {
        foreach (var sheet in ComparisonSheets.OfFactors(comparison)) Write(terminal, sheet);
    }

    static void WriteChoices(Terminal terminal, Comparison comparison)
    {
        foreach (var line in Questions.Missing(comparison).Concat(Questions.Choices(comparison)))
            terminal.WriteDim(line);
    }

    /// <summary>Shows the comparison of a folder. The training itself is complete, so a failure is a warning.</summary>
    static void Compared(Terminal terminal, string folder, Action<Comparison> show)
    {
        try
        {
            show(Comparer.Compare([folder], new()));
        }
        catch (Exception unread) when (unread is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"warning: the arms are not compared: {unread.Message}");
        }
    }

    /// <summary>Writes a table between its title and its notes.</summary>
    public static void Write(Terminal terminal, Sheet sheet)
    {
        terminal.Output.WriteLine(sheet.Title);
        // Lines between so many columns would make the table wider than most terminals.
        var table = Tables.New(isPlain: true, sheet.Columns);
        foreach (var row in sheet.Rows) table.Add(row);
        terminal.Write(table);
        foreach (var note in sheet.Notes) terminal.WriteDim(note);
    }
}
