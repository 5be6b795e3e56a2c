using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Runs;

namespace Rils.Engine.Composition;

/// <summary>Finds the weights that tables name, and puts the arms that take from one another into phases.</summary>
/// <param name="registry">The kinds, for the backbones of other runs.</param>
/// <param name="seeds">The seeds of the experiment.</param>
/// <param name="hasNameless">Whether an arm was left out because it has no name: a table that names an unknown arm may
/// mean that arm.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class PretrainedBinder(PluginRegistry registry, IReadOnlyList<long> seeds, bool hasNameless, Problems problems)
{
    /// <summary>The arms with their origins and phases. A table whose weights do not exist is removed, and counts as
    /// unread.</summary>
    public IReadOnlyList<ArmDefinition> Bind(IReadOnlyList<ArmDefinition> arms) =>
        new PhaseOrder(problems).Number([.. arms.Select(arm => Bind(arm, arms))]);

    ArmDefinition Bind(ArmDefinition arm, IReadOnlyList<ArmDefinition> arms)
    {
        Dictionary<string, PretrainedSource> origins = [];
        List<string> wrong = [];
        foreach (var (name, table) in arm.Tables.Where(table => table.Value.Options is PretrainedOptions))
        {
            if (Find(arm, table, (PretrainedOptions)table.Options, arms) is { } origin) origins[name] = origin;
            else wrong.Add(name);
        }
        return arm with
        {
            Tables = arm.Tables.Where(table => !wrong.Contains(table.Key)).ToDictionary(),
            Unread = [.. arm.Unread, .. wrong],
            Pretrained = origins,
        };
    }

    /// <summary>The origin of a table's weights; null after reporting that they do not exist, and where the backbone
    /// has a mistake that is already reported.</summary>
    PretrainedSource? Find(
        ArmDefinition arm, BoundTable table, PretrainedOptions origin, IReadOnlyList<ArmDefinition> arms) =>
        origin switch
        {
            { Path: { } path } => OfFile(path, table, arm),
            { From: { } from, Run: { } run } => OfRun(run, from, table),
            { From: { } from } => OfArm(from, table, arm, arms),
            _ => null,
        };

    PretrainedSource? OfArm(string from, BoundTable table, ArmDefinition taker, IReadOnlyList<ArmDefinition> arms)
    {
        if (from == taker.Name)
            return Wrong(table, "from", $"arm {from} cannot take weights from itself; "
                + $"where the root gives the table to all arms, drop it there by {table.Entry.Table} = \"none\"");
        if (arms.FirstOrDefault(arm => arm.Name == from) is not { } source)
        {
            string[] names = [.. arms.Select(arm => arm.Name)];
            return hasNameless ? null : Wrong(table, "from",
                $"there is no arm `{from}`{Nearest.Hint(from, names, ".")} Arms: {string.Join(", ", names)}. "
                + "For an arm of an earlier run add run = \"DIR\"");
        }
        return source.TableOf<Backbone>() is { } backbone ? new($"arm {from}", backbone, from, _ => "") : null;
    }

    PretrainedSource? OfRun(string folder, string from, BoundTable table)
    {
        if (!SourceRun.TryRead(folder, out var run, out var why)) return Wrong(table, "run", why);
        if (!run.Arms.Contains(from))
            return Wrong(table, "from", $"the run {folder} has no arm `{from}`{Nearest.Hint(from, run.Arms, ".")} "
                + $"Arms: {string.Join(", ", run.Arms)}");
        long[] missing = [.. seeds.Where(seed => !File.Exists(run.FileOf(seed, from)))];
        if (missing.Length > 0)
            return Wrong(table, "run",
                $"the run {folder} has no weights of arm {from} for seed {string.Join(", ", missing)}: "
                + "finish that run, or name one file for all seeds, "
                + $"as in path = \"{run.FileOf(run.Seeds[0], from)}\"");
        foreach (var seed in seeds)
            if ((Unreadable(run.FileOf(seed, from)) ?? SourceRun.Damage(run.FileOf(seed, from))) is { } damage)
                return Wrong(table, "run", damage);
        return run.Backbone(from, registry, problems) is { } backbone
            ? new($"arm {from} of the run {folder}", backbone, null, seed => run.FileOf(seed, from)) : null;
    }

    PretrainedSource? OfFile(string path, BoundTable table, ArmDefinition taker)
    {
        if (Directory.Exists(path))
            return Wrong(table, "path", $"{path} is a folder: name the file, as in path = \"{FileIn(path)}\"");
        if (!File.Exists(path)) return Wrong(table, "path", $"{path} does not exist");
        if (Unreadable(path) is { } damage) return Wrong(table, "path", damage);
        var around = SourceRun.Around(path);
        if (around is not null && SourceRun.Damage(path) is { } lost) return Wrong(table, "path", lost);
        var backbone = (around ?? SourceRun.DescribedBy(path)) is { } found
            ? found.Run.Backbone(found.Arm, registry, problems) : taker.TableOf<Backbone>();
        return backbone is null ? null : new(path, backbone, null, _ => path);
    }

    /// <summary>The likely file in a folder: with a run's or transformers' name, where there is one.</summary>
    static string FileIn(string folder) => ((string[])[RunFolder.WeightsFile, $"{RunFolder.WeightsFile}.index.json"])
        .Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? System.IO.Path.Combine(folder, RunFolder.WeightsFile);

    /// <summary>Why a file holds no weights; null for a file that does.</summary>
    static string? Unreadable(string path)
    {
        try
        {
            WeightsFile.Check(path);
            SourceRun.DescribedBy(path);
            return null;
        }
        catch (Exception unreadable) when (
            unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return unreadable.Message;
        }
    }

    PretrainedSource? Wrong(BoundTable table, string key, string why)
    {
        problems.Add(table.Values[key]?.Span ?? table.Span, $"{table.Where}: {why}");
        return null;
    }
}
