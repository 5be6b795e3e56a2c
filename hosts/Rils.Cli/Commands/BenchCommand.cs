using System.CommandLine;
using Rils.Cli.Hosting;
using Rils.Engine.Bench;

namespace Rils.Cli.Commands;

/// <summary><c>rils bench</c>: measures how fast an experiment trains here, and which systems take the time.</summary>
sealed class BenchCommand : Command, IHasExamples
{
    readonly Argument<string> file = CommonOptions.File();
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<int> steps = new("--steps")
    {
        HelpName = "N",
        Description = $"The number of measured steps, after {Benchmark.Warmup} steps to warm up.",
        DefaultValueFactory = _ => 10,
    };
    readonly Option<string?> json = new Option<string?>("--json")
    {
        HelpName = "PATH",
        Description = "A JSON file for the numbers, with units in their names; rils replaces an existing file.",
    }.OfPath();
    readonly Option<string> device = CommonOptions.Device();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public BenchCommand() : base("bench",
        "Trains a few steps and measures: samples per second, the time of every system, FLOP/s beside those of matrix "
        + "products between the steps, loading without training, memory. Keeps nothing of the training. "
        + "Let nothing else run meanwhile.")
    {
        Arguments.Add(file);
        foreach (var option in (Option[])[steps, json, set, device, libtorch, plugins]) Options.Add(option);
        steps.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--steps must be at least 1");
        });
        SetAction(parsed => CommandHost.Run<BenchHandler>(parsed, () => new BenchArguments(parsed.GetValue(file)!,
            parsed.GetValue(set)!, parsed.GetValue(steps), parsed.GetValue(device)!,
            parsed.GetValue(json) is { } path ? OutputFile.Of("--json", path) : null)
        {
            Plugins = parsed.GetValue(plugins)!, Libtorch = parsed.GetValue(libtorch),
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils bench experiments/quickstart.toml",
        "rils bench experiments/bench/vit-s-224.toml --steps 20 --json vit-s-224.json",
        "rils bench experiments/quickstart.toml --set data.batch=128",
    ];
}
