using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <summary><c>rils run</c>: trains and evaluates all arms of an experiment.</summary>
sealed class RunCommand : Command, IHasExamples
{
    readonly Argument<string?> file = CommonOptions.OptionalFile(
        "With --resume, FILE may be left out: the run folder holds its experiment.");
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "DIR",
        Description = "A new folder for everything that the run writes; "
            + "for a sweep of several runs, also the folder in which the sweep goes on. "
            + "[default: runs/NAME-DATE-TIME, runs/NAME-sweep]",
    }.OfPath();
    readonly Option<string?> resume = new Option<string?>("--resume")
    {
        HelpName = "DIR",
        Description = "Resumes the run in the folder DIR from its last checkpoint, to the bits of an uninterrupted "
            + "run; in the folder of a sweep, resumes the runs that are not finished.",
    }.OfPath();
    readonly Option<string[]> accept = new("--accept")
    {
        HelpName = "NAME",
        Description = "Resumes the run although NAME differs from what the run was begun with, and notes this: "
            + "data, files, engine, or a plugin or key as the refusal names it; may be given several times.",
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
            if (result.GetResult(file) is not { Tokens.Count: > 0 } && result.GetResult(resume) is null)
                result.AddError("name FILE, the experiment to run");
            if (result.GetResult(output) is not null && result.GetResult(resume) is not null)
                result.AddError("give --out for a new run or --resume to go on with one, not both");
        });
        SetAction(parsed => CommandHost.Run<RunHandler>(parsed, () => Read(parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils run experiments/quickstart.toml",
        "rils run experiments/quickstart.toml --set steps=20 --set data.batch=64 --out runs/short",
        "rils run --resume runs/quickstart-20260101-120000",
        "rils run experiments/quickstart.toml --set sweep.masking.ratio=[0.5,0.75] --set sweep.data.batch=[64,128] "
            + "--out runs/sweep",
        "rils run my.toml --plugins ~/my-masking/bin/Release/net10.0 --device cuda:0",
    ];

    RunArguments Read(ParseResult parsed)
    {
        var (experiment, from) = (parsed.GetValue(file), parsed.GetValue(resume));
        var folder = from ?? parsed.GetValue(output);
        var begun = new BegunPlugins(folder is null ? [] : [folder], parsed.GetValue(plugins)!);
        begun.ThrowIfGone();
        if (from is not null && !Directory.Exists(from))
            throw new UsageException($"--resume: there is no folder {Path.GetFullPath(from)}");
        if (from is not null && experiment is null && !SweepFolder.Is(from)) RequireExperiment(from);
        return new(experiment, parsed.GetValue(set)!, parsed.GetValue(output), from, parsed.GetValue(device)!,
            parsed.GetValue(accept)!)
        {
            Plugins = begun.Roots, Libtorch = parsed.GetValue(libtorch),
        };
    }

    /// <summary>Refuses to resume a folder without an experiment: a process that was killed in its first moment leaves
    /// such a folder.</summary>
    /// <exception cref="UsageException">The folder holds no experiment.</exception>
    static void RequireExperiment(string begun)
    {
        if (SweepFolder.IsUnfinished(begun) || RunFolder.IsUnwritten(begun))
            throw new UsageException(
                $"--resume: {Path.GetFullPath(begun)} was killed before its experiment was written down, "
                + "and nothing was trained: name the experiment's FILE too");
    }
}
