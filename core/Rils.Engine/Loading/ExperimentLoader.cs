using Microsoft.Extensions.Logging;
using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Data;
using Rils.Engine.Experiments;
using Rils.Engine.Native;
using Rils.Engine.Plugins;

namespace Rils.Engine.Loading;

/// <summary>Reads an experiment and checks all that can be checked before training. All mistakes are reported together.</summary>
public sealed class ExperimentLoader(PluginRegistry registry, ILogger<ExperimentLoader> logger)
{
    /// <summary>Loads an experiment file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <exception cref="ExperimentException">The file, what it extends, an override or the data it names is wrong.</exception>
    public Experiment Load(string path, IReadOnlyList<string> sets)
    {
        var problems = new Problems();
        var tree = ExperimentReader.Read(path, sets, ExperimentBinder.Keys, problems);
        if (tree is null) throw new ExperimentException([.. problems]);
        var binder = new ExperimentBinder(registry, problems);
        var (settings, checkpoint, data, heads) = (binder.Settings(tree), binder.Checkpoint(tree), binder.Data(tree), binder.Heads(tree));
        ArmDefinition[] arms = [.. tree.Arms.Select(binder.Arm)];
        var training = data is null ? null : Open(data, problems);
        var evaluation = data is null ? [] : OpenEvaluation(data, heads, problems);
        try
        {
            problems.ThrowIfAny();
            var experiment = new Experiment(tree, settings!, checkpoint!, data!, arms, heads, training!, evaluation, ContextOf(settings!, training!), registry);
            CheckArms(experiment, problems);
            problems.ThrowIfAny();
            return experiment;
        }
        catch
        {
            foreach (var source in evaluation.Values.Select(opened => opened.Source).Append(training?.Source)) source?.Dispose();
            throw;
        }
    }

    TrainingData? Open(DataDefinition data, Problems problems)
    {
        var context = new DataContext(data.Settings.Image);
        var source = OpenSource(data, data.Settings.Train, data.Source.Span, problems);
        var tokenizer = data.Tokenizer?.TryMake<ITokenizer>(context, problems);
        var augmentation = data.Augmentation.TryMake<IAugmentation>(context, problems);
        if (source is null || augmentation is null) return null;
        if (source.Count < data.Settings.Batch)
            problems.Add(data.Source.Span, $"[data]: {source.Count} training samples do not fill one batch of {data.Settings.Batch}: lower `batch`, or name more data in `train`");
        return new(source, tokenizer, augmentation, data.Settings.Batch, data.Settings.Image,
            new(source.Count, data.Settings.Train, "left out and replaced", logger));
    }

    Dictionary<string, EvaluationData> OpenEvaluation(DataDefinition data, IReadOnlyList<HeadDefinition> heads, Problems problems)
    {
        Dictionary<string, EvaluationData> sources = [];
        foreach (var head in heads)
        {
            head.Table.TryMake<IHead>(new HeadContext(head.Name, ""), problems);
            if (sources.ContainsKey(head.Settings.Data)) continue;
            if (OpenSource(data, head.Settings.Data, head.Table.Span, problems) is { } source)
                sources[head.Settings.Data] = new(source, new(source.Count, head.Settings.Data, "left out of the evaluation", logger));
        }
        return sources;
    }

    static ISource? OpenSource(DataDefinition data, string pattern, SourceSpan span, Problems problems) =>
        (data.Source with { Span = span }).TryMake<ISource>(new SourceContext([pattern], Path.Combine(CacheFolder.Root, "index")), problems);

    static ExperimentContext ContextOf(ExperimentSettings settings, TrainingData data) => new(
        data.ImageSize, data.Batch, settings.StepsFor(data.Batch, data.StepsPerEpoch), data.StepsPerEpoch, data.Tokenizer?.VocabularySize ?? 0);

    /// <summary>Builds the schedule and asks of every loss and every added component whether the arm has all that it needs.</summary>
    static void CheckArms(Experiment experiment, Problems problems)
    {
        World world;
        try
        {
            world = experiment.NewWorld(seed: 0, device: "cpu");
        }
        catch (ExperimentException refused)
        {
            problems.Add(refused.Problems);
            return;
        }
        var plan = experiment.PlanOf(world);
        foreach (var (definition, arm) in experiment.ArmDefinitions.Select(d => (d, plan.Arms.First(a => a.Entity.Name == d.Name))))
        {
            var components = definition.Tables.Values.Concat(definition.Objectives.Values).Where(table => table.Entry.Slot is null).ToArray();
            foreach (var table in components) CheckComponent(definition, table, arm, problems);
            if (!arm.In(Stage.Update).Any())
                problems.Add(definition.Span, $"arm {definition.Name} trains nothing: it has no loss; give it a [target] or an [[objective]]");
        }
        foreach (var text in plan.Arms.Where(NeedsText))
            if (experiment.Data.Tokenizer is null)
                problems.Add(experiment.Data.Source.Span, $"arm {text.Entity.Name} reads captions, and the data has no [data.tokenizer]");
    }

    static bool NeedsText(EntityPlan arm) => arm.Systems.Any(system => system.Parameters.Any(parameter => parameter.Type == typeof(Captions)));

    static void CheckComponent(ArmDefinition arm, BoundTable table, EntityPlan plan, Problems problems)
    {
        var idle = plan.Pruned.Where(system => system.Missing.Count > 0 && SystemParameters(system.Definition).Contains(table.Entry.Options)).ToArray();
        if (idle.Length == 0) return;
        var missing = idle.SelectMany(system => system.Missing).Distinct().Select(type => ArmBuilder.TableOf(type) ?? type.Name).Order(StringComparer.Ordinal);
        problems.Add(table.Span, $"{table.Where} of kind {table.Entry.Kind ?? table.Entry.Table} cannot work in arm {arm.Name}, which lacks {string.Join(", ", missing)}: " +
            $"add {(missing.Count() > 1 ? "them" : "it")}, or drop this by {table.Entry.Table} = \"none\" in the arm");
    }

    static IEnumerable<Type> SystemParameters(SystemDefinition system) =>
        system.Body.Method.GetParameters().Select(parameter => parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType);
}
