using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Commands;

/// <param name="File">The path of the experiment's file.</param>
/// <param name="Sets">The overrides of <c>--set</c>.</param>
/// <param name="From">The folder of a finished run or sweep, whose spread over seeds gives units; null without
/// one.</param>
sealed record PowerArguments(string File, IReadOnlyList<string> Sets, string? From) : CommandArguments;

/// <summary>Prints how small a difference the seeds of an experiment find. Opens no data, unless the file has
/// <c>[sweep]</c>.</summary>
sealed class PowerHandler(
    PowerArguments arguments, ExperimentLoader experiments, SweepLoader sweeps, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        var plan = Planned();
        if (plan.Arms < 2)
            throw new UsageException($"--power: {arguments.File} has a single arm, and power is that of a difference "
                + "between two: add an [[arm]], the baseline last");
        var pilot = arguments.From is { } folder ? Pilot(folder) : null;
        terminal.Output.WriteLine(PowerLines.First(plan, withAdvice: pilot is null));
        if (pilot is null) ComparisonDisplay.Write(terminal, PowerSheets.OfSeeds(plan));
        else
        {
            foreach (var note in PowerLines.Notes(pilot, plan)) terminal.Output.WriteLine($"note: {note}");
            ComparisonDisplay.Write(
                terminal, PowerSheets.Of(PilotPower.Of(pilot, plan), pilot, plan, arguments.From!));
        }
        return ExitCode.Done;
    }

    PlannedComparison Planned()
    {
        if (sweeps.Load(arguments.File, arguments.Sets) is { } sweep) return PlannedArms.Of(sweep);
        var (settings, tree) = experiments.Outline(arguments.File, arguments.Sets);
        return PlannedArms.Of(settings, tree);
    }

    static Comparison Pilot(string folder)
    {
        var pilot = Compared(folder);
        if (pilot.Seeds.Count < Comparison.SeedsNeeded)
            throw new UsageException($"--from {folder}: a spread over seeds takes {Comparison.SeedsNeeded} seeds or "
                + $"more, and this run has {pilot.Seeds.Count}: "
                + "name a run of more, or make one by --set seeds=[0,1,2]");
        if (pilot.Arms.Count < 2)
            throw new UsageException($"--from {folder}: a difference takes two arms, and this run has only "
                + $"{pilot.Baseline} to compare: name a run of several arms");
        return pilot;
    }

    static Comparison Compared(string folder)
    {
        try
        {
            return Comparer.Compare([folder], new());
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--from: {unusable.Message}");
        }
    }
}
