using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Engine.Composition;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <param name="File">The path of the experiment's file; null, with <paramref name="Resume"/>, for the file in the run
/// folder.</param>
/// <param name="Sets">The overrides of <c>--set</c>.</param>
/// <param name="Out">The folder for everything that the run writes; null for a new folder in <c>runs</c>.</param>
/// <param name="Resume">A folder that exists, in which the run goes on; null for a new run.</param>
/// <param name="Device">The device of the arms that name none, as the user names it.</param>
/// <param name="Accepted">The names of <c>--accept</c>.</param>
sealed record RunArguments(string? File, IReadOnlyList<string> Sets, string? Out, string? Resume, string Device,
    IReadOnlyList<string> Accepted) : CommandArguments;

/// <summary>Loads the experiment and runs it, or the runs of its sweep.</summary>
sealed class RunHandler(RunArguments arguments, PluginSet plugins, ExperimentLoader experiments, SweepLoader sweeps,
    OneRun one, SweepRuns several) : ICommandHandler
{
    public static bool FinishesStep => true;

    public static bool WritesFiles => true;

    public static void AddTo(IServiceCollection services) => services
        .AddSingleton<OneRun>().AddSingleton<SweepRuns>()
        .AddSingleton<RunLog>()
        .AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RunLog>());

    public int Run(CancellationToken stopping)
    {
        var (begun, target) = (arguments.Resume, arguments.Out);
        if (begun is not null && LaterEvaluation.Is(begun))
            throw new UsageException($"--resume: {begun} is an evaluation, which goes on by the command that began it: "
                + "rils eval RUN HEADS");
        if (begun is not null && arguments.File is null && SweepFolder.Is(begun)) return GoOn(begun, stopping);
        var path = arguments.File ?? Path.Combine(begun!, RunFolder.ExperimentFile);
        var sweep = sweeps.Load(path, arguments.Sets, TorchDevices.NameOf(arguments.Device) ?? arguments.Device);
        // A sweep that has become one run, because of fewer values or more memory, stays in its folder.
        if (sweep is { Runs.Count: > 1 }
            || (sweep is not null && (begun ?? target) is { } there
            && (SweepFolder.Is(there) || SweepFolder.IsUnfinished(there))))
            return Grow(sweep, begun is null ? "--out" : "--resume",
                begun ?? target ?? Path.Combine("runs", $"{sweep.Name}-sweep"), stopping);
        if (begun is null && arguments.Accepted is [var name, ..])
            throw new UsageException($"--accept {name}: a new run has no differences: leave --accept out");
        using var experiment =
            sweep is null ? experiments.Load(path, arguments.Sets) : experiments.Load(sweep.Runs[0].Tree);
        if (sweep is not null) experiment.Swept = SweepArm.Of(sweep.Runs[0].Arms, sweep.Runs[0].Values);
        var device = DeviceChoice.Of(arguments.Device);
        var own = OneRun.Usable(begun is null ? "--out" : "--resume", () => begun is not null ? RunFolder.Open(begun)
            : target is not null ? RunFolder.Create(target) : RunFolder.CreateNext(DefaultFolder(experiment)));
        return one.Run(experiment, own, isNew: begun is null, device, arguments.Accepted, stopping);
    }

    /// <summary>Begins a sweep, or resumes the sweep whose runs the folder has.</summary>
    int Grow(Sweep sweep, string option, string path, CancellationToken stopping)
    {
        var device = DeviceChoice.Of(arguments.Device);
        var (resumption, isLeft) = (new Resumption(option, plugins, device, arguments.Accepted), false);
        var folder = OneRun.Usable(option, () => SweepMaking.Create(path, sweep, device, (tree, file) =>
        {
            using var experiment = sweeps.LoadRun(tree, file);
            isLeft |= resumption.AddOfSweep(Path.ChangeExtension(file, null), experiment);
        }, () =>
        {
            if (isLeft) resumption.Check(Path.GetFullPath(path));
        }));
        return several.Run(folder, [], device, resumption, stopping);
    }

    /// <summary>Resumes a sweep from its folder alone, without the experiment's file.</summary>
    int GoOn(string begun, CancellationToken stopping)
    {
        var folder = OneRun.Usable("--resume", () => SweepFolder.Open(begun));
        var device = DeviceChoice.Of(arguments.Device);
        var resumption = new Resumption("--resume", plugins, device, arguments.Accepted);
        several.Check(folder, arguments.Sets, device, resumption);
        return several.Run(folder, arguments.Sets, device, resumption, stopping);
    }

    static string DefaultFolder(Experiment experiment)
    {
        var time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Path.Combine("runs", $"{experiment.Settings.Name}-{time}");
    }
}
