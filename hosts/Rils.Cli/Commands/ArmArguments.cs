using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary>The arguments by which a command names a trained arm.</summary>
sealed class ArmArguments
{
    readonly Argument<string> run = new Argument<string>("RUN")
    {
        Description = "The folder of a finished run.",
    }.OfPath();
    readonly Option<string?> arm = new("--arm")
    {
        HelpName = "ARM",
        Description = "The arm. [default: the only one of the run]",
    };
    readonly Option<long?> seed = new("--seed")
    {
        HelpName = "SEED",
        Description = "The seed whose weights are used. [default: the first of the run]",
    };
    readonly Option<string> device = CommonOptions.Device();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    /// <summary>Adds the argument to a command.</summary>
    public void AddRunTo(Command command) => command.Arguments.Add(run);

    /// <summary>Adds the options to a command.</summary>
    public void AddOptionsTo(Command command)
    {
        foreach (var option in (Option[])[arm, seed, device, libtorch, plugins]) command.Options.Add(option);
    }

    /// <summary>The arm that a command line names.</summary>
    public GivenArm Arm(ParseResult parsed) =>
        new(parsed.GetValue(run)!, parsed.GetValue(arm), parsed.GetValue(seed), parsed.GetValue(device)!);

    /// <summary>The folders of further plugins, those of the run among them.</summary>
    public IReadOnlyList<string> Plugins(ParseResult parsed) =>
        new BegunPlugins([parsed.GetValue(run)!], parsed.GetValue(plugins)!).Roots;

    /// <summary>The folder that <c>--libtorch</c> names; null without it.</summary>
    public string? Libtorch(ParseResult parsed) => parsed.GetValue(libtorch);
}
