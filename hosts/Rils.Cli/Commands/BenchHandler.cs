using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Bench;
using Rils.Engine.Composition;

namespace Rils.Cli.Commands;

/// <param name="File">The path of the experiment's file.</param>
/// <param name="Sets">The overrides of <c>--set</c>.</param>
/// <param name="Steps">The number of measured steps.</param>
/// <param name="Device">The device of the arms that name none, as the user names it.</param>
/// <param name="Json">The full path of the file for the numbers, in a folder that exists; null for no file.</param>
sealed record BenchArguments(string File, IReadOnlyList<string> Sets, int Steps, string Device, string? Json)
    : CommandArguments;

/// <summary>Trains a few steps of the experiment and prints the measurements.</summary>
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
            throw new StoppedException("stopped by a signal before the measurement was complete: there are no numbers");
        }
    }
}
