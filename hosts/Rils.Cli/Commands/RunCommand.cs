using System.CommandLine;
using System.Globalization;
using Rils.Cli.Hosting;
using Rils.Engine.Loading;
using Rils.Engine.Runs;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Commands;

/// <summary><c>rils run</c>: trains and evaluates all arms of an experiment.</summary>
sealed class RunCommand : Command, IHasExamples
{
    readonly Argument<string?> file = CommonOptions.OptionalFile("With --resume, the run's own where it is left out.");
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> output = new("--out")
    {
        HelpName = "DIR",
        Description = "A new folder for everything that the run writes; of a sweep of several runs, also the one where it is to go on. "
            + "[default: runs/NAME-DATE-TIME, runs/NAME-sweep]",
    };
    readonly Option<string?> resume = new("--resume")
    {
        HelpName = "DIR",
        Description = "Goes on in the run folder DIR from its last checkpoint, to the bits of an uninterrupted run; in the folder of a sweep, with what is left of it.",
    };
    readonly Option<string> device = new("--device")
    {
        HelpName = "cpu|cuda[:N]",
        Description = "Where the arms are trained.",
        DefaultValueFactory = _ => "cpu",
    };
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public RunCommand() : base("run", "Trains and evaluates all arms of an experiment, and writes a run folder. "
        + "Returns 0 when done, 1 when an arm failed, 2 for a mistake in the input, 130 after a signal.")
    {
        Arguments.Add(file);
        foreach (var option in (Option[])[output, resume, set, device, libtorch, plugins]) Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(file) is not { Tokens.Count: > 0 } && result.GetResult(resume) is null) result.AddError("name FILE, the experiment to run");
            if (result.GetResult(output) is not null && result.GetResult(resume) is not null)
                result.AddError("give --out for a new run or --resume to go on with one, not both");
        });
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, session => Run(session, parsed), writesFiles: true));
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
            || (sweep is not null && (begun ?? target) is { } there && (SweepFolder.Is(there) || SweepFolder.IsUnfinished(there))))
        {
            var device = DeviceChoice.Of(parsed.GetValue(this.device)!);
            var folder = OneRun.Usable(begun is null ? "--out" : "--resume", () => SweepFolder.Create(begun ?? target ?? Path.Combine("runs", $"{sweep.Name}-sweep"), sweep, device, session.CheckRun));
            return SweepRuns.Run(session, folder, [], device);
        }
        using var experiment = sweep is null ? session.LoadOne(path, parsed.GetValue(set)!) : session.LoadOne(sweep.Runs[0].Tree);
        var on = DeviceChoice.Of(parsed.GetValue(this.device)!);
        var own = OneRun.Usable(begun is null ? "--out" : "--resume", () => begun is not null ? RunFolder.Open(begun)
            : target is not null ? RunFolder.Create(target) : RunFolder.CreateNext(DefaultFolder(experiment)));
        return OneRun.Run(session, experiment, own, isNew: begun is null, on);
    }

    /// <summary>A folder whose process was killed in its first moment does not say yet what was to be run.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    static void RequireExperiment(string begun)
    {
        if (SweepFolder.IsUnfinished(begun) || RunFolder.IsUnwritten(begun))
            throw new UsageException($"--resume: {Path.GetFullPath(begun)} was killed before its experiment was written down, "
                + "and nothing was trained: name the experiment's FILE too");
    }

    /// <summary>Goes on with a sweep by what its folder says: no file is needed.</summary>
    int GoOn(Session session, ParseResult parsed, string begun)
    {
        session.LoadLibtorch(parsed.GetValue(libtorch));
        var (folder, sets, chosen) = (OneRun.Usable("--resume", () => SweepFolder.Open(begun)), parsed.GetValue(set)!, DeviceChoice.Of(parsed.GetValue(device)!));
        SweepRuns.Check(session, folder, sets, chosen);
        return SweepRuns.Run(session, folder, sets, chosen);
    }

    static string DefaultFolder(Experiment experiment) =>
        Path.Combine("runs", $"{experiment.Settings.Name}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
}
