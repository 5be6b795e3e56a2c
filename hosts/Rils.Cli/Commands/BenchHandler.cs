using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Bench;
using Rils.Engine.Composition;

namespace Rils.Cli.Commands;

/// <param name="File">The experiment.</param>
/// <param name="Sets">What <c>--set</c> says.</param>
/// <param name="Steps">How many steps are measured.</param>
/// <param name="Device">The device of all arms, as the user names it.</param>
/// <param name="Json">Gets the numbers: a full path in a folder that exists; null for none.</param>
sealed record BenchArguments(string File, IReadOnlyList<string> Sets, int Steps, string Device, string? Json)
    : CommandArguments;

/// <summary>Trains a few steps of the experiment and prints what was measured.</summary>
sealed class BenchHandler(BenchArguments arguments, SingleExperiment single, Terminal terminal) : ICommandHandler
{
    public static bool FinishesStep => true;

    public int Run(CancellationToken stopping)
    {
        using var experiment = single.Load(arguments.File, arguments.Sets);
        var device = DeviceChoice.Of(arguments.Device);
        var report = Measure(experiment, device, stopping);
        BenchTables.Write(terminal, report);
        if (arguments.Json is not null) report.Write(arguments.Json);
        return ExitCode.Done;
    }

    BenchReport Measure(Experiment experiment, string device, CancellationToken stopping)
    {
        try
        {
            return BenchDisplay.Watch(terminal, arguments.Steps,
                tell => new Benchmark(experiment, tell).Run(arguments.Steps, device, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new StoppedException("stopped by a signal: nothing was measured to the end");
        }
    }
}
