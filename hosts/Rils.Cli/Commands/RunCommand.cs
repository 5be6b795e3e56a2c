using System.CommandLine;
using System.Globalization;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Engine.Composition;
using Rils.Engine.Sweeps;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <summary><c>rils run</c>: trains and evaluates all arms of an experiment.</summary>
sealed class RunCommand : Command, IHasExamples
{
    readonly Argument<string?> file = CommonOptions.OptionalFile("With --resume, the run's own where it is left out.");
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "DIR",
        Description = "A new folder for everything that the run writes; of a sweep of several runs, also the one where it is to go on. "
            + "[default: runs/NAME-DATE-TIME, runs/NAME-sweep]",
    }.OfPath();
    readonly Option<string?> resume = new Option<string?>("--resume")
    {
        HelpName = "DIR",
        Description = "Goes on in the run folder DIR from its last checkpoint, to the bits of an uninterrupted run; in the folder of a sweep, with what is left of it.",
    }.OfPath();
    readonly Option<string[]> accept = new("--accept")
    {
        HelpName = "NAME",
        Description = "Goes on although NAME differs from what the run was begun with, and notes it: data, files, engine, or a plugin or key as the refusal names it; may be given several times.",
        DefaultValueFactory = _ => [],
    };
    readonly Option<string> device = CommonOptions.Device();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public RunCommand() : base("run", "Trains and evaluates all arms of an experiment, and writes a run folder. "
        + "Returns 0 when done, 1 when an arm failed, 2 for a mistake in the input, 130 after a signal.")
    {
        Arguments.Add(file);
        foreach (var option in (Option[])[output, resume, set, device, libtorch, plugins, accept]) Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(file) is not { Tokens.Count: > 0 } && result.GetResult(resume) is null) result.AddError("name FILE, the experiment to run");
            if (result.GetResult(output) is not null && result.GetResult(resume) is not null)
                result.AddError("give --out for a new run or --resume to go on with one, not both");
        });
        SetAction(parsed =>
        {
            var begun = new BegunPlugins(parsed.GetValue(resume) ?? parsed.GetValue(output), parsed.GetValue(plugins)!);
            return Session.Run(parsed, begun.Roots, session =>
            {
                begun.ThrowIfGone();
                return Run(session, parsed);
            }, writesFiles: true);
        });
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils run experiments/quickstart.toml",
        "rils run experiments/quickstart.toml --set steps=20 --set data.batch=64 --out runs/short",
        "rils run --resume runs/quickstart-20260101-120000",
        "rils run experiments/quickstart.toml --set sweep.masking.ratio=[0.5,0.75] --set sweep.data.batch=[64,128] --out runs/sweep",
        "rils run my.toml --plugins ~/my-masking/bin/Release/net10.0 --device cuda:0",
    ];

    int Run(Session session, ParseResult parsed)
    {
        var (given, begun, target) = (parsed.GetValue(file), parsed.GetValue(resume), parsed.GetValue(output));
        if (begun is not null && !Directory.Exists(begun)) throw new UsageException($"--resume: there is no folder {Path.GetFullPath(begun)}");
        if (begun is not null && given is null && SweepFolder.Is(begun)) return GoOn(session, parsed, begun);
        if (begun is not null && given is null) RequireExperiment(begun);
        var path = given ?? Path.Combine(begun!, RunFolder.ExperimentFile);
        var sweep = session.LoadSweep(path, parsed.GetValue(set)!, parsed.GetValue(libtorch), parsed.GetValue(this.device)!);
        // A sweep that has become one run, by fewer values or more memory, stays in its folder.
        if (sweep is { Runs.Count: > 1 }
            || (sweep is not null && (begun ?? target) is { } there
            && (SweepFolder.Is(there) || SweepFolder.IsUnfinished(there))))
        {
            var device = DeviceChoice.Of(parsed.GetValue(this.device)!);
            return Grow(session, sweep, begun is null ? "--out" : "--resume",
                begun ?? target ?? Path.Combine("runs", $"{sweep.Name}-sweep"), device, parsed.GetValue(accept)!);
        }
        if (begun is null && parsed.GetValue(accept) is [var name, ..])
            throw new UsageException($"--accept {name}: a new run differs from nothing; leave it out");
        using var experiment = sweep is null ? session.LoadOne(path, parsed.GetValue(set)!) : session.LoadOne(sweep.Runs[0].Tree);
        var on = DeviceChoice.Of(parsed.GetValue(this.device)!);
        var own = OneRun.Usable(begun is null ? "--out" : "--resume", () => begun is not null ? RunFolder.Open(begun)
            : target is not null ? RunFolder.Create(target) : RunFolder.CreateNext(DefaultFolder(experiment)));
        return OneRun.Run(session, experiment, own, isNew: begun is null, on, parsed.GetValue(accept)!);
    }

    /// <summary>A folder whose process was killed in its first moment does not say yet what was to be run.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    static void RequireExperiment(string begun)
    {
        if (SweepFolder.IsUnfinished(begun) || RunFolder.IsUnwritten(begun))
            throw new UsageException(
                $"--resume: {Path.GetFullPath(begun)} was killed before its experiment was written down, "
                + "and nothing was trained: name the experiment's FILE too");
    }

    /// <summary>Begins a sweep of several runs, or goes on with what its folder has of it.</summary>
    static int Grow(Session session, Sweep sweep, string option, string path, string device,
        IReadOnlyList<string> accepted)
    {
        var (resumption, isLeft) = (new Resumption(option, session, device, accepted), false);
        var folder = OneRun.Usable(option, () => SweepMaking.Create(path, sweep, device, (tree, file) =>
        {
            using var experiment = session.LoadRun(tree, file);
            isLeft |= resumption.AddOfSweep(Path.ChangeExtension(file, null), experiment);
        }, () =>
        {
            if (isLeft) resumption.Check(Path.GetFullPath(path));
        }));
        return SweepRuns.Run(session, folder, [], device, resumption);
    }

    /// <summary>Goes on with a sweep by what its folder says: no file is needed.</summary>
    int GoOn(Session session, ParseResult parsed, string begun)
    {
        session.LoadLibtorch(parsed.GetValue(libtorch));
        var (folder, sets, chosen) = (OneRun.Usable("--resume", () => SweepFolder.Open(begun)), parsed.GetValue(set)!, DeviceChoice.Of(parsed.GetValue(device)!));
        var resumption = new Resumption("--resume", session, chosen, parsed.GetValue(accept)!);
        SweepRuns.Check(session, folder, sets, chosen, resumption);
        return SweepRuns.Run(session, folder, sets, chosen, resumption);
    }

    static string DefaultFolder(Experiment experiment) =>
        Path.Combine("runs", $"{experiment.Settings.Name}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
}
