using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Execution;

namespace Rils.Cli.Commands;

/// <summary><c>rils check</c>: whether an experiment can be run, and what it costs.</summary>
sealed class CheckCommand : Command, IHasExamples
{
    readonly Argument<string> file = CommonOptions.File();
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public CheckCommand() : base("check",
        "Validates an experiment and prints its size: parameters and FLOPs of each arm, steps, samples, epochs. Trains nothing.")
    {
        Arguments.Add(file);
        Options.Add(set);
        Options.Add(libtorch);
        Options.Add(plugins);
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, session => Check(session, parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils check experiments/quickstart.toml",
        "rils check experiments/quickstart.toml --set backbone.depth=12 --set epochs=5",
    ];

    int Check(Session session, ParseResult parsed)
    {
        using var experiment = session.Load(parsed.GetValue(file)!, parsed.GetValue(set)!, parsed.GetValue(libtorch));
        experiment.RequireDevices();
        var costs = ArmCost.Of(experiment);
        session.Terminal.Write(CostTables.Of(experiment, costs, session.Terminal.IsPlain));
        session.Terminal.Write(CostTables.Passes(costs, session.Terminal.IsPlain));
        foreach (var line in CostTables.Uncounted(costs)) session.Terminal.Output.WriteLine(line);
        foreach (var line in ArmLines.Of(experiment)) session.Terminal.Output.WriteLine(line);
        foreach (var cost in costs.Where(cost => cost.Taken is not null))
            foreach (var line in RunLines.Taken(cost.Arm, cost.Taken!.Summary())) session.Terminal.Output.WriteLine(line);
        foreach (var line in ExperimentLines.Of(experiment).Concat(SweepLines.Of(session.Swept))) session.Terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }
}
