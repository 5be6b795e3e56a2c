using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils check</c>: checks whether an experiment can be run, and prints its size.</summary>
sealed class CheckCommand : Command, IHasExamples
{
    readonly Argument<string> file = CommonOptions.File();
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public CheckCommand() : base("check",
        "Validates an experiment and prints its size: parameters, memory and FLOPs of each arm, steps, samples, "
        + "epochs. Trains nothing.")
    {
        Arguments.Add(file);
        Options.Add(set);
        Options.Add(libtorch);
        Options.Add(plugins);
        SetAction(parsed => CommandHost.Run<CheckHandler>(parsed, () => new CheckArguments(
            parsed.GetValue(file)!, parsed.GetValue(set)!)
        {
            Plugins = parsed.GetValue(plugins)!, Libtorch = parsed.GetValue(libtorch),
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils check experiments/quickstart.toml",
        "rils check experiments/quickstart.toml --set backbone.depth=12 --set epochs=5",
    ];
}
