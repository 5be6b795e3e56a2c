using Microsoft.Extensions.Logging;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Reads an experiment, checks everything that can be checked before training, and reports all mistakes
/// together.</summary>
public sealed class ExperimentLoader(PluginRegistry registry, ILogger<ExperimentLoader> logger)
{
    readonly CacheFolder cache = CacheFolder.OfIndices;
    bool toldOfCache;

    /// <summary>Loads an experiment file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <exception cref="ExperimentException">The file, what it extends, an override or the data it names is
    /// wrong.</exception>
    public Experiment Load(string path, IReadOnlyList<string> sets)
    {
        var problems = new Problems();
        var tree = ExperimentReader.Read(path, sets, ExperimentKeys.All, problems);
        if (tree is null) throw new ExperimentException([.. problems]);
        if (tree.Root["sweep"] is { } sweep)
            problems.Add(sweep.Span, "[sweep] makes several experiments, and only one can be loaded here: "
                + "name the file of one, or drop [sweep] by --set sweep=none");
        return Load(tree, problems);
    }

    /// <summary>Loads an experiment that was read before.</summary>
    /// <param name="tree">The experiment; the loader makes the paths in it absolute.</param>
    /// <exception cref="ExperimentException">Something in it is wrong, or the data it names.</exception>
    public Experiment Load(ExperimentTree tree) => Load(tree, new Problems());

    /// <summary>Loads an experiment whose arms are trained: each has an <c>[init]</c> with all of its weights. Such an
    /// experiment needs no loss, and its training data need not be at hand.</summary>
    /// <param name="tree">The experiment; the loader makes the paths in it absolute.</param>
    /// <param name="readsClasses">Whether heads number the classes as the training data does; where it is not at hand,
    /// or is not asked for, each head numbers those of its own data.</param>
    /// <exception cref="ExperimentException">Something in it is wrong, or the data it names.</exception>
    public Experiment LoadTrained(ExperimentTree tree, bool readsClasses) =>
        Load(tree, new Problems(), trains: false, readsClasses);

    /// <summary>Reads an experiment file and checks it as far as that goes without its data, which stays
    /// closed.</summary>
    /// <param name="path">The path of the file, which has no <c>[sweep]</c>.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <returns>The keys at the root, and the experiment as a tree.</returns>
    /// <exception cref="ExperimentException">The file, what it extends or an override is wrong.</exception>
    public (ExperimentSettings Settings, ExperimentTree Tree) Outline(string path, IReadOnlyList<string> sets)
    {
        var problems = new Problems();
        var tree = ExperimentReader.Read(path, sets, ExperimentKeys.All, problems);
        if (tree is null) throw new ExperimentException([.. problems]);
        var binder = Binder(tree, problems);
        var (settings, heads, _) = (binder.Settings(), binder.Heads(), binder.Arms());
        CheckPrimary(settings, heads, tree, problems);
        problems.ThrowIfAny();
        return (settings!, tree);
    }

    ExperimentBinder Binder(ExperimentTree tree, Problems problems, bool trains = true)
    {
        new PluginPins(registry, problems).Check(tree);
        FullKinds.Write(tree, registry);
        return new(registry, tree, problems, trains);
    }

    Experiment Load(ExperimentTree tree, Problems problems, bool trains = true, bool readsClasses = true)
    {
        var binder = Binder(tree, problems, trains);
        var (settings, checkpoint, compute) = (binder.Settings(), binder.Checkpoint(), binder.Compute());
        var (data, heads, sinks, arms) = (binder.Data(), binder.Heads(), binder.Sinks(), binder.Arms());
        if (compute is not null && data is not null) CheckParts(compute, data.Settings, tree, problems);
        if (data is not null && settings?.GatherMistakeWith(data.Settings.Batch) is { } mistake)
            problems.Add(tree.Root["gather"]!.Span, mistake);
        CheckPrimary(settings, heads, tree, problems);
        if (data is not null) new StatisticsProblems(tree, data.Settings).Check(arms, registry.Slots, problems);
        arms = new PretrainedBinder(registry, settings?.Seeds ?? [], tree.HasNameless, problems).Bind(arms);
        TellOrigins(arms);
        var lacks = registry.Slots.OfData.Where(slot => slot.Offer is not null)
            .Select(slot => new DataLack(slot, binder.Without(slot), new())).ToArray();
        var scope = new KindScope();
        var samples = data is null ? null : trains ? OpenTraining(data, scope, problems)
            : readsClasses ? OpenTrained(data, scope) : new NoSamples();
        var training = data is null ? null : Open(data, samples, scope, problems, trains ? lacks : []);
        if (trains && training is not null) CheckBatch(training, data!, problems);
        if (data is not null) arms = WithTokenizers(arms, data, training?.Tokenizer, scope, problems);
        List<HeadDefinition> encoding = [];
        var layers = new LayerCheck(registry, binder.Images(), problems);
        var evaluation = data is null ? [] : OpenEvaluation(data, training?.Source.ClassNames, heads, (head, made) =>
        {
            if (made.EncodesTexts) encoding.Add(head);
            layers.Check(head, made, arms);
        }, scope, problems);
        try
        {
            var context = settings is null || training is null || (trains && training.StepsPerEpoch == 0)
                ? null : ContextOf(settings, training);
            if (trains)
            {
                var check = new ArmCheck(registry, context, binder.Images(),
                    training is null ? null : (training.Source, data!.Source), problems);
                check.Check(arms, lacks, encoding);
                if (settings is { Vary.Count: > 0 })
                    new VaryCheck(registry, settings.Vary, tree.Root["vary"]!, problems).Check(arms);
                foreach (var warning in check.Warnings.Concat(LoneSeed(tree)))
                    logger.LogWarning("{Warning}", LongText.Cut(warning));
            }
            CheckSinks(sinks, problems);
            problems.ThrowIfAny();
            return new Experiment(tree, settings!, checkpoint!, compute!.For(data!.Settings.Batch), data, arms, heads,
                sinks, training!, evaluation, context!, registry, scope) { IsTrained = !trains };
        }
        catch
        {
            foreach (var source in evaluation.Values.Select(opened => opened.Source).Append(training?.Source))
                source?.Dispose();
            scope.Dispose();
            throw;
        }
    }

    static void CheckPrimary(ExperimentSettings? settings, IReadOnlyList<HeadDefinition> heads, ExperimentTree tree,
        Problems problems)
    {
        if (settings?.PrimaryMistakeWith([.. heads.Select(head => head.Name)]) is { } unknown)
            problems.Add(tree.Root["primary"]!.Span, unknown);
    }

    void CheckParts(ComputeSettings compute, DataSettings data, ExperimentTree tree, Problems problems)
    {
        if (compute.MistakeWith(data.Batch) is { } mistake)
            problems.Add(((TableNode)tree.Root["compute"]!)["parts"]!.Span, mistake);
        if (compute.IdleWith(data.Batch) is { } idle)
            logger.LogWarning("{Warning}", $"{((TableNode)tree.Root["data"]!)["batch"]!.Span}: {idle}");
    }

    /// <summary>Warns about a lone seed from 2 to 999: whoever writes 3 may want three seeds.</summary>
    static IEnumerable<string> LoneSeed(ExperimentTree tree)
    {
        if (tree.Root["seeds"] is not ScalarNode { Value: long and > 1 and < 1_000 and var seed } node) yield break;
        var list = seed < 6 ? string.Join(", ", Enumerable.Range(0, (int)seed)) : $"0, 1, …, {seed - 1}";
        yield return $"{node.Span}: seeds = {seed} is one seed, number {seed}; for {seed} seeds write seeds = [{list}]";
    }

    static void CheckSinks(IReadOnlyList<SinkDefinition> sinks, Problems problems)
    {
        using var scope = new KindScope();
        foreach (var sink in sinks) sink.Table.TryMake<ISink>(new SinkContext(sink.Name), scope, problems)?.Dispose();
    }

    TrainingData? Open(
        DataDefinition data, ISource? source, KindScope scope, Problems problems, DataLack[] lacks)
    {
        var context = new DataContext(data.Settings.Image);
        var made = registry.Slots.OfData.ToDictionary(slot => slot.Contract!, slot =>
            data.Tables.GetValueOrDefault(slot.Key)?.TryMake<object>(
                context, scope, lacks.FirstOrDefault(lack => lack.Slot == slot)?.Unmade ?? problems));
        if (source is null || made[typeof(IAugmentation)] is not IAugmentation augmentation) return null;
        return new(source, made[typeof(ITokenizer)] as ITokenizer, augmentation,
            made[typeof(IViewAugmentation)] as IViewAugmentation, data.Settings.Batch, data.Settings.Image,
            Bad(source, data.Name, "left out and replaced")) { Shuffle = data.Settings.Shuffle };
    }

    static void CheckBatch(TrainingData training, DataDefinition data, Problems problems)
    {
        if (training.Source.Count < data.Settings.Batch)
            problems.Add(data.Source.Span, $"[data]: {training.Source.Count} training samples do not fill one batch of "
                + $"{data.Settings.Batch}: lower `batch`, or name more data in `train`");
    }

    ISource? OpenTraining(DataDefinition data, KindScope scope, Problems problems) => OpenSource(data.Source,
        "`train` in [data]", Context(data.Settings.Train, null), data.TrainSpan, scope, problems);

    /// <summary>Opens the data that arms were trained on, for the names of its classes; a stand-in where it is not at
    /// hand.</summary>
    ISource OpenTrained(DataDefinition data, KindScope scope)
    {
        var missing = new Problems();
        if (OpenTraining(data, scope, missing) is { } source && missing.Count == 0) return source;
        logger.LogWarning("{Warning}", "the training data is not at hand, so each head numbers the classes of its own "
            + $"data: {missing.FirstOrDefault()}");
        return new NoSamples();
    }

    IReadOnlyList<ArmDefinition> WithTokenizers(IReadOnlyList<ArmDefinition> arms, DataDefinition data,
        ITokenizer? usual, KindScope scope, Problems problems)
    {
        var slot = registry.Slots.Of<ITokenizer>();
        var tokenizers = new ArmTokenizers(slot.OfArm!, new(data.Settings.Image), scope, problems);
        if (data.Tables.TryGetValue(slot.Key, out var table)) tokenizers.Add(table, usual);
        return [.. arms.Select(arm => tokenizers.With(arm, usual))];
    }

    /// <summary>Opens the data of all heads.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="names">The names of the training data's classes; null where it has none.</param>
    /// <param name="heads">The heads.</param>
    /// <param name="see">Looks at each head that can be made.</param>
    /// <param name="scope">The services of the data.</param>
    /// <param name="problems">The list that takes mistakes.</param>
    Dictionary<string, EvaluationData> OpenEvaluation(DataDefinition data, IReadOnlyList<string>? names,
        IReadOnlyList<HeadDefinition> heads, Action<HeadDefinition, IHead> see, KindScope scope, Problems problems)
    {
        Dictionary<string, EvaluationData> sources = [];
        foreach (var head in heads.SelectMany(head => head.WithValidation))
        {
            using var own = new KindScope();
            var isTest = heads.Contains(head);
            var key = isTest ? "data" : "validation";
            var judged = Open($"`{key}` in [[head]]", head, head.Settings.Data, head.DataSpan);
            // Without its data, a head that would read the classes' names makes a mistake that is not the user's.
            var context = new HeadContext(head.Name, "")
            {
                ClassNames = judged?.ClassNames,
                MayHaveClasses = judged is null || ClassNames.MayBe(judged),
            };
            var made = head.Table.TryMake<IHead>(context, own, judged is null ? new() : problems);
            if (made is null) continue;
            if (isTest) see(head, made);
            foreach (var warning in isTest ? made.Warnings : [])
                logger.LogWarning("{Warning}", $"{head.Table.Span}: [[head]] {head.Name}: {warning}");
            Read(head, made, head.Settings.Data);
            if (made is not ITrainedHead { TrainingData: var patterns }) continue;
            var span = head.Table.Values["train"]?.Span ?? head.Table.Span;
            var learned = Open("`train` in [[head]]", head, patterns, span);
            Read(head, made, patterns);
            if (learned is not null && judged is not null && ClassNames.Difference(learned, judged) is { } difference)
                problems.Add(span, $"head {head.Name}: {difference}");
        }
        return sources;

        ISource? Open(string where, HeadDefinition head, IReadOnlyList<string> patterns, SourceSpan span)
        {
            var name = head.NameOf(patterns);
            if (sources.TryGetValue(name, out var opened)) return opened.Source;
            if (OpenSource(head.Source ?? data.Source, where,
                Context(patterns, head.Source is null ? names : null), span, scope, problems) is { } source)
                sources[name] =
                    new(patterns, source, new HashSet<Type>(), Bad(source, name, "left out of the evaluation"));
            return sources.GetValueOrDefault(name)?.Source;
        }

        void Read(HeadDefinition head, IHead made, IReadOnlyList<string> patterns)
        {
            if (!sources.TryGetValue(head.NameOf(patterns), out var opened)) return;
            new ComponentCheck(problems).Check(head, made, opened.Source, head.Source ?? data.Source);
            sources[head.NameOf(patterns)] = opened with { Reads = opened.Reads.Union(made.Reads).ToHashSet() };
        }
    }

    SourceContext Context(IReadOnlyList<string> patterns, IReadOnlyList<string>? names) =>
        new(patterns, cache.Path) { ClassNames = names };

    BadSamples Bad(ISource source, string pattern, string fate) =>
        new(Repeats.CountOnce(source), pattern, fate, logger, Lost(source));

    ISource? OpenSource(BoundTable kind, string where, SourceContext context, SourceSpan span, KindScope scope,
        Problems problems)
    {
        if (cache.Warning is { } warning && !toldOfCache) logger.LogWarning("{Warning}", warning);
        toldOfCache = true;
        if ((kind with { Where = where, Span = span, Values = new(span) })
            .TryMake<ISource>(context, scope, problems) is not { } source) return null;
        var (lost, told) = (Lost(source), source.Findings.Select(finding => finding.Message));
        if (BadSamples.AreTooMany(lost, source.Count + lost))
            problems.Add(span, $"{where}: {lost} of {source.Count + lost} samples, more than 1%, are lost, since the "
                + $"source does not understand them: {string.Join("; ", told)}");
        else
            foreach (var message in told) logger.LogWarning("{Warning}", $"{span}: {where}: {message}");
        logger.LogInformation("{Where}: {Samples} samples in {Pattern}", where, source.Count,
            DataDefinition.NameOf(context.Patterns));
        return source;
    }

    void TellOrigins(IEnumerable<ArmDefinition> arms)
    {
        foreach (var arm in arms)
            foreach (var (table, origin) in arm.Pretrained)
                logger.LogInformation(
                    "[{Table}] of arm {Arm} takes the weights of {Origin}", table, arm.Name, origin.Title);
    }

    static int Lost(ISource source) => source.Findings.Sum(finding => finding.Lost);

    static ExperimentContext ContextOf(ExperimentSettings settings, TrainingData data) => new(
        data.ImageSize, data.Batch, settings.StepsFor(data.Batch, data.StepsPerEpoch), data.StepsPerEpoch,
        data.Tokenizer?.VocabularySize ?? 0);
}
