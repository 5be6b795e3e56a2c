using System.CommandLine;
using System.CommandLine.Help;

namespace Rils.Cli.Commands;

/// <summary>The root: <c>rils</c>.</summary>
sealed class RilsCommand : RootCommand, IHasExamples
{
    public RilsCommand() : base("Visual pre-training experiments from components: arms that differ in one component see the same batches.")
    {
        Subcommands.Add(new RunCommand());
        Subcommands.Add(new PlanCommand());
        Subcommands.Add(new CheckCommand());
        Subcommands.Add(new BenchCommand());
        Subcommands.Add(new CompareCommand());
        Subcommands.Add(new PluginsCommand());
        Subcommands.Add(new WeightsCommand());
        Options.Add(CommonOptions.Verbose);
        foreach (var help in Options.OfType<HelpOption>()) help.Action = new ExamplesHelp((HelpAction)help.Action!);
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils run experiments/quickstart.toml",
        "rils check experiments/quickstart.toml --set arm.rils.masking.ratio=0.6",
        "rils plan experiments/quickstart.toml --format mermaid",
    ];
}
