using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Data;
using Rils.Engine.Loading;
using static TorchSharp.torch;

namespace Rils.Engine.Runs;

/// <summary>Evaluates heads: validation data outermost, arms inside, so that it is read and decoded once for all.</summary>
sealed class Evaluation(Experiment experiment, Runner runner)
{
    sealed record Judged(Entity Arm, ArmModel Model, IReadOnlyList<(HeadDefinition Definition, IHead Head)> Heads);

    /// <summary>Evaluates the heads on the arms as they are after a number of steps.</summary>
    /// <param name="heads">Which.</param>
    /// <param name="arms">Those that run.</param>
    /// <param name="step">Optimizer steps done.</param>
    /// <param name="cancellation">Seen before each arm takes a batch.</param>
    /// <returns>Null where it was cancelled: what some heads have found by then is as good as nothing.</returns>
    public IReadOnlyList<HeadFinding>? Run(IReadOnlyList<HeadDefinition> heads, IReadOnlyList<Entity> arms, long step, CancellationToken cancellation)
    {
        List<HeadFinding> findings = [];
        foreach (var sameData in heads.GroupBy(head => head.Settings.Data))
        {
            Judged[] judged = [.. arms.Where(runner.IsRunning).Select(arm => Begin(arm, [.. sameData])).Where(arm => arm.Heads.Count > 0)];
            if (judged.Length == 0) continue;
            foreach (var (pixels, samples) in EvaluationBatches.Of(
                experiment.EvaluationData[sameData.Key], experiment.Training.Augmentation, experiment.Training.ImageSize, experiment.Data.Settings.EvaluationBatch, step))
            {
                foreach (var arm in judged.Where(arm => runner.IsRunning(arm.Arm)))
                {
                    if (cancellation.IsCancellationRequested) return null;
                    Add(arm, pixels, samples);
                }
            }
            foreach (var arm in judged.Where(arm => runner.IsRunning(arm.Arm))) findings.AddRange(Finish(arm, step));
        }
        return [.. findings.OrderBy(finding => heads.Index().First(head => head.Item.Name == finding.Outcome.Head).Index)];
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
        OnDevice(arm, () =>
        {
            foreach (var (definition, head) in able) Guarded(arm, definition, () => head.Begin(model));
        });
        return new(arm, model, able);
    }

    void Add(Judged arm, Tensor pixels, IReadOnlyList<Sample> samples) => OnDevice(arm.Arm, () =>
    {
        using var batch = new EvaluationBatch(arm.Model, Normalization.Apply(pixels, arm.Model.Device), samples);
        foreach (var (definition, head) in arm.Heads) Guarded(arm.Arm, definition, () => head.Add(batch));
    });

    IReadOnlyList<HeadFinding> Finish(Judged arm, long step)
    {
        List<HeadFinding> findings = [];
        OnDevice(arm.Arm, () =>
        {
            foreach (var (definition, head) in arm.Heads)
                Guarded(arm.Arm, definition, () => findings.Add(HeadFinding.Of(arm.Arm.Name, definition.Name, step, head.Finish())));
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
