using System.CommandLine;
using Rils.Cli.Hosting;
using Rils.Runs;

namespace Rils.Cli.Commands;

/// <summary><c>rils eval</c>: evaluates trained arms with further heads.</summary>
sealed class EvalCommand : Command, IHasExamples
{
    readonly Argument<string> trained = new Argument<string>("RUN_OR_WEIGHTS")
    {
        Description = "The folder of a finished run or sweep, or a file of weights.",
    }.OfPath();
    readonly Argument<string> heads = new Argument<string>("HEADS")
    {
        Description = "A TOML file with [[head]] tables; for weights that no run wrote, also with the model: [data], "
            + "[backbone] and, where it has them, [text] and [space].",
    }.OfPath();
    readonly Option<string[]> arms = new("--arm")
    {
        HelpName = "ARM",
        Description = "Evaluates only this arm of the run; may be given several times.",
        DefaultValueFactory = _ => [],
    };
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "DIR",
        Description = "The folder for the evaluation of a file of weights. [default: runs/NAME]",
    }.OfPath();
    readonly Option<string[]> plugins = CommonOptions.Plugins();
    readonly Option<string> device = CommonOptions.Device();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public EvalCommand() : base("eval",
        "Evaluates trained arms with further heads, and trains nothing. The evaluation of a run lies in the run's "
        + "folder, in evaluations/NAME, where NAME is the `name` of HEADS, or the name of the file; rils compare and "
        + "rils report take it up under names such as `knn (NAME)`. The run's own files never change. A second call "
        + "evaluates the seeds that the run has had since.")
    {
        Arguments.Add(trained);
        Arguments.Add(heads);
        foreach (var option in (Option[])[arms, output, device, libtorch, plugins]) Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(output) is not null && Directory.Exists(result.GetValue(trained)))
                result.AddError("--out is for a file of weights: the evaluation of a run lies in the run's folder");
        });
        SetAction(parsed => CommandHost.Run<EvalHandler>(parsed, () => Read(parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils eval runs/quickstart-20260101-120000 sketches.toml",
        "rils eval runs/quickstart-20260101-120000 sketches.toml --arm rils",
        "rils eval clip-vit-b-16.safetensors clip-imagenet.toml --device cuda:0",
    ];

    EvalArguments Read(ParseResult parsed)
    {
        var target = parsed.GetValue(trained)!;
        var begun = new BegunPlugins([target], parsed.GetValue(plugins)!);
        return new(target, parsed.GetValue(heads)!, parsed.GetValue(arms)!, parsed.GetValue(output),
            parsed.GetValue(device)!) { Plugins = begun.Roots, Libtorch = parsed.GetValue(libtorch) };
    }
}
