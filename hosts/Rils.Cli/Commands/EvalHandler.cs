using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Trained;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <param name="Trained">The folder of a finished run or sweep, or a file of weights.</param>
/// <param name="Heads">The path of the file with the heads.</param>
/// <param name="Arms">The names of the arms to evaluate; empty for all.</param>
/// <param name="Out">The folder for the evaluation of a file of weights; null for <c>runs/NAME</c>.</param>
/// <param name="Device">The device of the arms, as the user names it.</param>
sealed record EvalArguments(string Trained, string Heads, IReadOnlyList<string> Arms, string? Out, string Device)
    : CommandArguments;

/// <summary>Evaluates the arms of finished runs, or a file of weights.</summary>
sealed class EvalHandler(
    EvalArguments arguments, PluginRegistry registry, ExperimentLoader experiments, OneRun one, Terminal terminal)
    : ICommandHandler
{
    public static bool FinishesStep => true;

    public static bool WritesFiles => true;

    public static void AddTo(IServiceCollection services) => services.AddSingleton<OneRun>().AddSingleton<RunLog>()
        .AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RunLog>());

    public int Run(CancellationToken stopping)
    {
        if (File.Exists(arguments.Trained))
        {
            var tree = UsageException.Reading(() => TrainedTree.OfFile(arguments.Trained, arguments.Heads, registry));
            return Evaluate(tree, arguments.Out ?? Path.Combine("runs", NameOf(tree)), readsClasses: false,
                stopping);
        }
        var code = ExitCode.Done;
        foreach (var run in Runs())
            if (Evaluate(run, stopping) is var ended && ended != ExitCode.Done) code = ended;
        return code;
    }

    IReadOnlyList<FinishedRun> Runs()
    {
        if (!SweepFolder.Is(arguments.Trained))
            return [UsageException.Reading(() => FinishedRun.Read(arguments.Trained))];
        var sweep = UsageException.Reading(() => SweepFolder.Open(arguments.Trained));
        return [.. sweep.Record.Runs.Select(run =>
            UsageException.Reading(() => FinishedRun.Read(sweep.FolderOf(run))))];
    }

    int Evaluate(FinishedRun run, CancellationToken stopping)
    {
        var tree = TrainedTree.WithHeads(TrainedTree.Of(run, Arms(run), registry), arguments.Heads);
        return Evaluate(tree, LaterEvaluation.FolderOf(run.Folder, NameOf(tree)), readsClasses: true, stopping);
    }

    int Evaluate(ExperimentTree tree, string path, bool readsClasses, CancellationToken stopping)
    {
        using var experiment = experiments.LoadTrained(tree, readsClasses);
        var isNew = !RunFolder.IsBegunIn(path);
        var folder = OneRun.Usable("eval", () => isNew ? RunFolder.Create(path) : RunFolder.Open(path));
        return one.Run(experiment, folder, isNew, DeviceChoice.Of(arguments.Device), [], stopping);
    }

    /// <summary>The arms that are evaluated: those that the user names, else all that ran to the end.</summary>
    IReadOnlyList<string> Arms(FinishedRun run)
    {
        string[] all = [.. run.Experiment.Arms.Select(arm => arm.Name)];
        string[] stopped =
            [.. run.Outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => outcome.Arm)];
        foreach (var arm in arguments.Arms)
            if (!all.Contains(arm))
                throw new UsageException($"--arm {arm}: {run.Folder} has no such arm{Nearest.Hint(arm, all, ".")} "
                    + $"Arms: {string.Join(", ", all)}");
            else if (stopped.Contains(arm))
                throw new UsageException($"--arm {arm}: that arm stopped early in {run.Folder}, and has no weights");
        foreach (var arm in all.Intersect(stopped))
            terminal.Error.WriteLine($"warning: arm {arm} stopped early, so that it is not evaluated");
        return [.. all.Except(stopped).Where(arm => arguments.Arms.Count == 0 || arguments.Arms.Contains(arm))];
    }

    /// <summary>The name of the evaluation.</summary>
    static string NameOf(ExperimentTree tree) => tree.Root.Text("name")!;
}
