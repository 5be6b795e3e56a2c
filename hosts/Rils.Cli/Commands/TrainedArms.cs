using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Trained;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <summary>Finds the trained arm that a command line names, and makes it.</summary>
sealed class TrainedArms(PluginRegistry registry, ExperimentLoader experiments)
{
    /// <summary>The tables that an arm needs to embed texts beside images.</summary>
    static readonly string[] ofTexts = ["text", "space"];

    /// <summary>Finds the arm.</summary>
    /// <exception cref="UsageException">There is no such run, arm or seed, or the arm has no weights.</exception>
    public static ChosenArm Choose(GivenArm given)
    {
        var run = Read(given.Run);
        var (arm, seed) = (ArmOf(run, given), given.Seed ?? run.Seeds[0]);
        if (!run.Seeds.Contains(seed))
            throw new UsageException(
                $"--seed {seed}: {run.Folder} has no such seed. Seeds: {string.Join(", ", run.Seeds)}");
        if (run.Outcomes.First(outcome => outcome.Arm == arm && outcome.Seed == seed).Failure is not null)
            throw new UsageException($"--arm {arm}: that arm stopped early in {run.Folder} with seed {seed}, "
                + "and has no weights");
        return new(run, arm, seed);
    }

    /// <summary>Makes the arm on a device, and uses it.</summary>
    /// <param name="chosen">The arm.</param>
    /// <param name="device">The device, as the user names it.</param>
    /// <param name="work">Uses the arm, which is gone afterwards.</param>
    public T Use<T>(ChosenArm chosen, string device, Func<TrainedArm, T> work)
    {
        var place = DeviceChoice.Of(device);
        var tree = TrainedTree.Of(chosen.Run, [chosen.Arm], registry);
        // The weights of other seeds need not be there.
        tree.Root.Set("seeds", tree.Root.Span, new ScalarNode(tree.Root.Span, chosen.Seed));
        using var experiment = experiments.LoadTrained(tree, readsClasses: false);
        experiment.RequireDevices(place);
        using var arm = new TrainedArm(experiment, chosen.Arm, chosen.Seed, place);
        return work(arm);
    }

    /// <summary>The mistake that an arm does not embed texts, with the arms of the run that do.</summary>
    public UsageException WithoutTexts(ChosenArm chosen)
    {
        string[] all = [.. chosen.Run.Experiment.Arms.Select(arm => arm.Name)];
        string[] able = [.. TrainedTree.Of(chosen.Run, all, registry).Arms
            .Where(arm => ofTexts.All(table => arm.Tables[table] is not null)).Select(arm => arm.Name)];
        return new($"--arm {chosen.Arm}: this arm embeds no texts, since it trained no [text] and [space]; "
            + (able.Length == 0 ? "no arm of this run did" : $"arms that did: {string.Join(", ", able)}"));
    }

    static FinishedRun Read(string folder)
    {
        if (SweepFolder.Is(folder))
            throw new UsageException(
                $"{folder} is the folder of a sweep: give that of one of its runs, which lie in it");
        if (LaterEvaluation.Is(folder))
            throw new UsageException($"{folder} is an evaluation, which has no weights: give the folder of its run");
        return UsageException.Reading(() => FinishedRun.Read(folder));
    }

    static string ArmOf(FinishedRun run, GivenArm given)
    {
        string[] all = [.. run.Experiment.Arms.Select(arm => arm.Name)];
        var list = $"Arms: {string.Join(", ", all)}";
        if (given.Arm is not { } name)
            return all is [var only] ? only
                : throw new UsageException($"{run.Folder} has several arms: name one by --arm. {list}");
        if (ArmAverage.Is(name))
            throw new UsageException($"--arm \"{name}\": the average of an arm's weights is not used here: "
                + $"give --arm {ArmAverage.ArmOf(name)} for the arm's own weights");
        return all.Contains(name) ? name : throw new UsageException(
            $"--arm {name}: {run.Folder} has no such arm{Nearest.Hint(name, all, ".")} {list}");
    }
}
