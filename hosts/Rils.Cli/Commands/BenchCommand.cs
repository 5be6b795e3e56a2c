using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Bench;
using Rils.Engine.Composition;

namespace Rils.Cli.Commands;

/// <summary><c>rils bench</c>: how fast an experiment trains here, and what the time goes into.</summary>
sealed class BenchCommand : Command, IHasExamples
{
    readonly Argument<string> file = CommonOptions.File();
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<int> steps = new("--steps")
    {
        HelpName = "N",
        Description = $"How many steps are measured, after {Benchmark.Warmup} to warm up.",
        DefaultValueFactory = _ => 10,
    };
    readonly Option<string?> json = new Option<string?>("--json")
    {
        HelpName = "PATH",
        Description = "A file for the numbers, the units in their names; one that is there is replaced.",
    }.OfPath();
    readonly Option<string> device = CommonOptions.Device();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public BenchCommand() : base("bench", "Trains a few steps and measures: samples per second, the time of every system, FLOP/s beside what the machine reaches in "
        + "matrix products between the steps, loading alone, memory. Keeps nothing of the training. Let nothing else run meanwhile.")
    {
        Arguments.Add(file);
        foreach (var option in (Option[])[steps, json, set, device, libtorch, plugins]) Options.Add(option);
        steps.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--steps must be at least 1");
        });
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, session => Bench(session, parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils bench experiments/quickstart.toml",
        "rils bench experiments/bench/vit-s-224.toml --steps 20 --json vit-s-224.json",
        "rils bench experiments/quickstart.toml --set data.batch=128",
    ];

    int Bench(Session session, ParseResult parsed)
    {
        var target = Writable(parsed.GetValue(json));
        using var experiment = session.Load(parsed.GetValue(file)!, parsed.GetValue(set)!, parsed.GetValue(libtorch));
        var arms = DeviceChoice.Of(parsed.GetValue(device)!);
        var (terminal, count) = (session.Terminal, parsed.GetValue(steps));
        try
        {
            var report = BenchView.Watch(terminal, count,
                tell => new Benchmark(experiment, tell).Run(count, arms, session.Stopping));
            BenchTables.Write(terminal, report);
            if (target is not null) report.Write(target);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("stopped by a signal: nothing was measured to the end");
            return ExitCode.Cancelled;
        }
    }

    /// <summary>Found before anything is measured.</summary>
    static string? Writable(string? path)
    {
        if (path is null) return null;
        if (path.Length == 0 || Directory.Exists(path)) throw new UsageException($"--json {path}: this is no path of a file to write");
        var full = Path.GetFullPath(path);
        return Directory.Exists(Path.GetDirectoryName(full)) ? full : throw new UsageException($"--json {path}: the folder of this file does not exist; make it first");
    }
}
