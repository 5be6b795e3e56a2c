using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Data;
using Rils.Engine.Guards;
using Rils.Engine.Loading;
using static TorchSharp.torch;

namespace Rils.Engine.Runs;

/// <summary>Evaluates heads: validation data outermost, arms inside, so that it is read and decoded once for all.</summary>
sealed class Evaluation(Experiment experiment, Runner runner, Seed seed)
{
    sealed record Judged(Entity Arm, ArmModel Model, IReadOnlyList<(HeadDefinition Definition, IHead Head)> Heads, HeadGuard Guard);

    /// <summary>Evaluates the heads on the arms as they are after a number of steps.</summary>
    /// <param name="heads">Which.</param>
    /// <param name="arms">Those that run.</param>
    /// <param name="step">Optimizer steps done.</param>
    /// <param name="cancellation">Seen before each arm takes a batch.</param>
    /// <returns>Null where it was cancelled: what some heads have found by then is as good as nothing.</returns>
    public IReadOnlyList<HeadFinding>? Run(IReadOnlyList<HeadDefinition> heads, IReadOnlyList<Entity> arms, long step, CancellationToken cancellation)
    {
        Judged[] judged = [.. arms.Where(runner.IsRunning).Select(arm => Begin(arm, heads)).Where(arm => arm.Heads.Count > 0)];
        foreach (var data in judged.SelectMany(arm => arm.Heads).Select(pair => pair.Head).OfType<ITrainedHead>().Select(head => head.TrainingData).Distinct())
            if (!Stream(data, judged, (_, head) => head is ITrainedHead trained && trained.TrainingData == data ? trained.AddTraining : null, step, cancellation)) return null;
        foreach (var data in judged.SelectMany(arm => arm.Heads).Select(pair => pair.Definition.Settings.Data).Distinct())
            if (!Stream(data, judged, (definition, head) => definition.Settings.Data == data ? head.Add : null, step, cancellation)) return null;
        var findings = judged.Where(arm => runner.IsRunning(arm.Arm)).SelectMany(arm => Finish(arm, step));
        return [.. findings.OrderBy(finding => heads.Index().First(head => head.Item.Name == finding.Outcome.Head).Index)];
    }

    /// <summary>Hands all of some data to the heads that take it; false where it was cancelled.</summary>
    bool Stream(string pattern, IReadOnlyList<Judged> judged, Func<HeadDefinition, IHead, Action<EvaluationBatch>?> takes, long step, CancellationToken cancellation)
    {
        foreach (var (pixels, samples) in EvaluationBatches.Of(
            experiment.EvaluationData[pattern], experiment.Training.Augmentation, experiment.Training.ImageSize, experiment.Data.Settings.EvaluationBatch, step))
        {
            foreach (var arm in judged.Where(arm => runner.IsRunning(arm.Arm)))
            {
                if (cancellation.IsCancellationRequested) return false;
                Add(arm, pixels, samples, takes);
            }
        }
        return true;
    }

    /// <summary>The heads that not all arms have what they need for, with these arms.</summary>
    public IEnumerable<(string Head, IReadOnlyList<string> Arms)> LeftOut(IReadOnlyList<Entity> arms) =>
        from head in experiment.HeadDefinitions
        let without = arms.Where(arm => !Make(head, arm).CanEvaluate(ModelOf(arm))).Select(arm => arm.Name).ToArray()
        where without.Length > 0
        select (head.Name, (IReadOnlyList<string>)without);

    static IHead Make(HeadDefinition head, Entity arm) => head.Table.Make<IHead>(new HeadContext(head.Name, arm.Name));

    ArmModel ModelOf(Entity arm) => new(runner.Find<Backbone>(arm)!, runner.Find<TextEncoder>(arm), runner.Find<SharedSpace>(arm),
        experiment.Training.Tokenizer, device(arm.Device));

    Judged Begin(Entity arm, IReadOnlyList<HeadDefinition> definitions)
    {
        var model = ModelOf(arm);
        (HeadDefinition, IHead Head)[] heads = [.. definitions.Select(definition => (definition, Make(definition, arm)))];
        (HeadDefinition, IHead Head)[] able = [.. heads.Where(pair => pair.Head.CanEvaluate(model))];
        var judged = new Judged(arm, model, able, new(model, seed));
        OnDevice(arm, () =>
        {
            foreach (var (definition, head) in able) Guarded(arm, definition, () => Watched(judged, definition, head, null, () => head.Begin(model)));
        });
        return judged;
    }

    void Add(Judged arm, Tensor pixels, IReadOnlyList<Sample> samples, Func<HeadDefinition, IHead, Action<EvaluationBatch>?> takes) => OnDevice(arm.Arm, () =>
    {
        EvaluationBatch New() => new(arm.Model, Normalization.Apply(pixels, arm.Model.Device), samples);
        var batch = New();
        foreach (var (definition, head) in arm.Heads)
        {
            if (takes(definition, head) is not { } take) continue;
            Guarded(arm.Arm, definition, () => Watched(arm, definition, head, batch, () => take(batch)));
            if (arm.Guard.IsSpoilt) batch = Anew(batch, New);
        }
        batch.Dispose();
    });

    static EvaluationBatch Anew(EvaluationBatch spoilt, Func<EvaluationBatch> make)
    {
        spoilt.Dispose();
        return make();
    }

    /// <summary>A head that changes the batch fails as one that throws does. One that changes the model stops the arm: nobody has the weights that it was trained to any more.</summary>
    void Watched(Judged arm, HeadDefinition definition, IHead head, EvaluationBatch? batch, Action call)
    {
        if (arm.Guard.Run(definition.Name, head, batch, call) is { } change) runner.Fail(arm.Arm, $"head {definition.Name}", change);
    }

    IReadOnlyList<HeadFinding> Finish(Judged arm, long step)
    {
        List<HeadFinding> findings = [];
        OnDevice(arm.Arm, () =>
        {
            foreach (var (definition, head) in arm.Heads)
                Guarded(arm.Arm, definition, () =>
                {
                    HeadResult? result = null;
                    Watched(arm, definition, head, null, () => result = head.Finish());
                    if (runner.IsRunning(arm.Arm)) findings.Add(HeadFinding.Of(arm.Arm.Name, definition.Name, step, result!));
                });
        });
        return findings;
    }

    /// <summary>A head that throws stops its arm; the others are evaluated and go on.</summary>
    void Guarded(Entity arm, HeadDefinition head, Action action)
    {
        if (!runner.IsRunning(arm)) return;
        try
        {
            action();
        }
        catch (Exception cause)
        {
            runner.Fail(arm, $"head {head.Name}", cause);
        }
    }

    void OnDevice(Entity arm, Action action) => runner.OnDevice(arm, () =>
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        action();
    });
}
