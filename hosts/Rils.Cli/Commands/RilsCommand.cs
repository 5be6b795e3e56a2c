using System.CommandLine;
using System.CommandLine.Help;
using Rils.Cli.Hosting;
using Rils.Configuration;

namespace Rils.Cli.Commands;

/// <summary>The root command, <c>rils</c>.</summary>
sealed class RilsCommand : RootCommand, IHasExamples
{
    public RilsCommand() : base(
        "Visual pre-training experiments from components: arms that differ in one component see the same batches.")
    {
        Subcommands.Add(new RunCommand());
        Subcommands.Add(new PlanCommand());
        Subcommands.Add(new CheckCommand());
        Subcommands.Add(new BenchCommand());
        Subcommands.Add(new EvalCommand());
        Subcommands.Add(new EmbedCommand());
        Subcommands.Add(new PredictCommand());
        Subcommands.Add(new CompareCommand());
        Subcommands.Add(new ReportCommand());
        Subcommands.Add(new PluginsCommand());
        Subcommands.Add(new WeightsCommand());
        Subcommands.Add(new DataCommand());
        Subcommands.Add(new TokenizerCommand());
        Options.Add(CommonOptions.Verbose);
        foreach (var help in Options.OfType<HelpOption>()) help.Action = new ExamplesHelp((HelpAction)help.Action!);
    }

    /// <summary>The message about a word that is no command.</summary>
    public string Unknown(string given)
    {
        if (given.StartsWith('-')) return $"Unrecognized option '{given}'.\n\nFor help: rils --help";
        string[] names = [.. Subcommands.Select(command => command.Name)];
        var meant = Nearest.Name(given, names) ?? (Nearest.Name(given, ["train"]) is null ? null : "run");
        var hint = meant is null ? "." : $"; did you mean `{meant}`?";
        return $"error: no command is called `{given}`{hint} Commands: {string.Join(", ", names)}.";
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils run experiments/quickstart.toml",
        "rils check experiments/quickstart.toml --set arm.rils.masking.ratio=0.6",
        "rils plan experiments/quickstart.toml --format mermaid",
    ];
}
