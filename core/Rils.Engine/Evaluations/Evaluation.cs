using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Evaluates heads on arms. The outer loop goes over the batches of the validation data, the inner one over
/// the arms, so that each batch is read and decoded once for all arms.</summary>
sealed class Evaluation(Experiment experiment, Runner runner, Seed seed)
{
    /// <summary>An arm with its weights, or with their average.</summary>
    /// <param name="Name">The name of the arm or of its average.</param>
    /// <param name="Arm">The arm.</param>
    /// <param name="Average">The weights with which the modules compute meanwhile; null for the arm's own.</param>
    /// <param name="Model">The parts that heads see.</param>
    /// <param name="Heads">The heads that judge it.</param>
    /// <param name="Guard">Finds out what heads change.</param>
    sealed record Judged(
        string Name, Entity Arm, Weights? Average, ArmModel Model, IReadOnlyList<Judge> Heads, HeadGuard Guard);

    /// <summary>A head that evaluates an arm.</summary>
    sealed class Judge(HeadDefinition definition)
    {
        public HeadDefinition Definition => definition;

        /// <summary>The head; null where its plugin could not make it.</summary>
        public IHead? Head { get; set; }

        /// <summary>Whether the arm has all parts that the head needs.</summary>
        public bool IsAble { get; set; }

        /// <summary>The name of the data to evaluate on.</summary>
        public string Data => definition.NameOf(definition.Settings.Data);

        /// <summary>The name of the head's labelled training data; null for a head that takes none.</summary>
        public string? TrainingData { get; set; }

        /// <summary>The exception that the head threw; such a head gets no further call.</summary>
        public Exception? Failure { get; set; }
    }

    /// <summary>Evaluates heads on arms with their present weights. The models are in evaluation mode meanwhile: batch
    /// norms use their running statistics and do not change them. A head that throws has a failure in place of results
    /// for that arm; all other heads and arms have results. An arm with a moving average is evaluated with that
    /// too.</summary>
    /// <param name="heads">The heads to evaluate.</param>
    /// <param name="arms">The arms; those that have stopped are left out.</param>
    /// <param name="step">The number of optimizer steps done.</param>
    /// <param name="cancellation">Checked before each arm takes a batch.</param>
    /// <returns>The finding of each head for each arm, in the order of <paramref name="heads"/>.</returns>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled before all heads were
    /// done.</exception>
    public IReadOnlyList<HeadFinding> Run(
        IReadOnlyList<HeadDefinition> heads, IReadOnlyList<Entity> arms, long step, CancellationToken cancellation)
    {
        var modes = arms.Where(runner.IsRunning).ToDictionary(arm => arm, arm => new EvaluationMode(ModelOf(arm)));
        try
        {
            foreach (var (arm, mode) in modes) runner.OnDevice(arm, mode.Begin);
            Judged[] judged = [.. modes.Keys.SelectMany(arm => Begin(arm, heads)).Where(arm => arm.Heads.Count > 0)];
            StreamAll(judged, step, cancellation);
            var findings = judged.SelectMany(arm => Finish(arm, step));
            return [.. findings.OrderBy(finding =>
                heads.Index().First(head => head.Item.Name == finding.Outcome.Head).Index)];
        }
        finally
        {
            foreach (var (arm, mode) in modes) runner.OnDevice(arm, mode.End);
        }
    }

    /// <summary>Streams the training data to the heads that take it, then the evaluation data to all heads.</summary>
    void StreamAll(IReadOnlyList<Judged> judged, long step, CancellationToken cancellation)
    {
        Judge[] all = [.. judged.SelectMany(arm => arm.Heads)];
        foreach (var data in all.Select(judge => judge.TrainingData).OfType<string>().Distinct())
            Stream(data, judged, judge => judge.TrainingData == data
                ? ((ITrainedHead)judge.Head!).AddTraining : null, step, cancellation);
        foreach (var data in all.Select(judge => judge.Data).Distinct())
            Stream(data, judged, judge => judge.Data == data ? judge.Head!.Add : null, step,
                cancellation);
    }

    /// <summary>Gives all batches of the data of a pattern to the heads that take them.</summary>
    void Stream(string pattern, IReadOnlyList<Judged> judged, Func<Judge, Action<EvaluationBatch>?> takes, long step,
        CancellationToken cancellation)
    {
        var training = experiment.Training;
        foreach (var (pixels, samples) in EvaluationBatches.Of(experiment.EvaluationData[pattern],
            training.Augmentation, training.ImageSize, experiment.Data.Settings.EvaluationBatch, step))
        {
            foreach (var arm in judged)
            {
                cancellation.ThrowIfCancellationRequested();
                Add(arm, pixels, samples, takes);
            }
        }
    }

    /// <summary>The heads that some arms lack parts for, each with the names of these arms.</summary>
    public IEnumerable<(string Head, IReadOnlyList<string> Arms)> LeftOut(IReadOnlyList<Entity> arms) =>
        from head in experiment.HeadDefinitions
        let without = arms.Where(arm => !MayEvaluate(head, arm)).Select(arm => arm.Name).ToArray()
        where without.Length > 0
        select (head.Name, (IReadOnlyList<string>)without);

    /// <summary>Whether a head can evaluate an arm. A head that throws when asked counts as able: the evaluation asks
    /// it again, and reports the exception.</summary>
    bool MayEvaluate(HeadDefinition head, Entity arm)
    {
        try
        {
            return Make(head, arm).CanEvaluate(ModelOf(arm));
        }
        catch (Exception)
        {
            return true;
        }
    }

    IHead Make(HeadDefinition head, Entity arm) => head.Table.Make<IHead>(
        new HeadContext(head.Name, arm.Name, seed.Root.Fork("head").Fork(head.Name))
        {
            ClassNames = experiment.EvaluationData[head.NameOf(head.Settings.Data)].Source.ClassNames,
        },
        arm.Get<KindScope>());

    ArmModel ModelOf(Entity arm) => ArmModels.Of(experiment, runner, arm);

    IEnumerable<Judged> Begin(Entity arm, IReadOnlyList<HeadDefinition> definitions)
    {
        yield return Begin(arm.Name, arm, null, definitions);
        if (runner.Find<WeightAverage>(arm) is { } average)
            yield return Begin(ArmAverage.NameOf(arm.Name), arm, average.Values, definitions);
    }

    Judged Begin(string name, Entity arm, Weights? average, IReadOnlyList<HeadDefinition> definitions)
    {
        var model = ModelOf(arm);
        Judge[] judges = [.. definitions.Select(definition => new Judge(definition))];
        var judged = new Judged(name, arm, average, model, judges, new(model, seed));
        OnDevice(judged, () =>
        {
            foreach (var judge in judges) Guarded(judged, judge, null, () => Begin(judge, arm, model));
        });
        return judged with
        {
            Heads = [.. judges.Where(judge => judge.IsAble || judge.Failure is not null)],
            Model = model with { Layers = LayersOf(judges) },
        };
    }

    /// <summary>The layers whose features the heads read, so that one pass makes all of them.</summary>
    static IReadOnlyList<int> LayersOf(IEnumerable<Judge> judges) => [.. judges
        .Where(judge => judge.IsAble && judge.Failure is null).SelectMany(judge => judge.Head!.Layers)
        .Distinct().Order()];

    void Begin(Judge judge, Entity arm, ArmModel model)
    {
        var head = judge.Head = Make(judge.Definition, arm);
        judge.IsAble = head.CanEvaluate(model);
        if (!judge.IsAble) return;
        judge.TrainingData = head is ITrainedHead trained ? judge.Definition.NameOf(trained.TrainingData) : null;
        head.Begin(model);
    }

    void Add(Judged arm, Tensor pixels, IReadOnlyList<Sample> samples, Func<Judge, Action<EvaluationBatch>?> takes) =>
        OnDevice(arm, () =>
    {
        EvaluationBatch New() => new(arm.Model, Normalization.Apply(pixels, arm.Model.Device), samples);
        var batch = New();
        foreach (var judge in arm.Heads)
        {
            if (judge.Failure is not null || takes(judge) is not { } take) continue;
            Guarded(arm, judge, batch, () => take(batch));
            if (arm.Guard.IsSpoilt) batch = Anew(batch, New);
        }
        batch.Dispose();
    });

    static EvaluationBatch Anew(EvaluationBatch spoilt, Func<EvaluationBatch> make)
    {
        spoilt.Dispose();
        return make();
    }

    IReadOnlyList<HeadFinding> Finish(Judged arm, long step)
    {
        List<HeadFinding> findings = [];
        OnDevice(arm, () =>
        {
            foreach (var judge in arm.Heads)
            {
                Guarded(arm, judge, null, () =>
                    findings.Add(HeadFinding.Of(arm.Name, judge.Definition.Name, step, judge.Head!.Finish())));
                if (judge.Failure is { } cause)
                    findings.Add(HeadFinding.Failed(arm.Name, judge.Definition.Name, step, cause));
            }
        });
        return findings;
    }

    /// <summary>Calls a head. A head that throws, or changes the batch, gets no further call; its arm and the other
    /// heads go on. A head that changes the model stops the arm, since the trained weights are lost.</summary>
    void Guarded(Judged arm, Judge judge, EvaluationBatch? batch, Action call)
    {
        if (judge.Failure is not null || !runner.IsRunning(arm.Arm)) return;
        try
        {
            if (arm.Guard.Run(judge.Definition, batch, call) is { } change)
                runner.Fail(arm.Arm, $"head {judge.Definition.Name}", change);
        }
        catch (Exception cause)
        {
            judge.Failure = cause;
        }
    }

    void OnDevice(Judged arm, Action action) => runner.OnDevice(arm.Arm, () =>
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        // Between two calls the arm has its own weights again, so that nothing that ends an evaluation loses them.
        using var averaged = arm.Average is null ? null
            : new AveragedWeights(runner.Find<Weights>(arm.Arm)!, arm.Average);
        action();
    });
}
