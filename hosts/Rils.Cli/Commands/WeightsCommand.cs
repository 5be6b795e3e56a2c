using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils weights</c>: lists the tensors of a run's weights, and prints what the files say of
/// their models.</summary>
sealed class WeightsCommand : Command, IHasExamples
{
    readonly Argument<string> path = new Argument<string>("DIR")
    {
        Description = "A run folder, a folder inside a run folder, or a safetensors file.",
    }.OfPath();

    readonly Option<bool> experiment = new("--experiment")
    {
        Description = "Prints nothing but the experiment that the file of a run holds, as TOML: its arm alone, with "
            + "every option.",
    };

    public WeightsCommand() : base("weights", "Lists the tensors of safetensors files: name, type, shape, norm; and of "
        + "a run's, arm, step, kinds and sizes.")
    {
        Arguments.Add(path);
        Options.Add(experiment);
        SetAction(parsed => CommandHost.Run<WeightsHandler>(
            parsed, () => new WeightsArguments(parsed.GetValue(path)!, parsed.GetValue(experiment))));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils weights runs/quickstart-20260101-120000",
        "rils weights runs/quickstart-20260101-120000/seed-0/rils/model.safetensors",
        "rils weights runs/quickstart-20260101-120000/seed-0/rils/model.safetensors --experiment",
    ];
}
