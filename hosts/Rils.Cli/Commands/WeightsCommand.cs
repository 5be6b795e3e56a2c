using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils weights</c>: lists the tensors of a run's weights.</summary>
sealed class WeightsCommand : Command, IHasExamples
{
    readonly Argument<string> path = new Argument<string>("DIR")
    {
        Description = "A run folder, a folder inside a run folder, or a safetensors file.",
    }.OfPath();

    public WeightsCommand() : base("weights", "Lists the tensors of safetensors files: name, type, shape, norm.")
    {
        Arguments.Add(path);
        SetAction(parsed => CommandHost.Run<WeightsHandler>(
            parsed, () => new WeightsArguments(parsed.GetValue(path)!)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils weights runs/quickstart-20260101-120000",
        "rils weights runs/quickstart-20260101-120000/seed-0/rils/model.safetensors",
    ];
}
