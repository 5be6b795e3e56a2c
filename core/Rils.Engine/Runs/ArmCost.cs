using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Loading;
using static TorchSharp.torch;

namespace Rils.Engine.Runs;

/// <summary>What an arm costs by its models: parameters, and the floating-point operations of the passes that its plan runs.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Parameters">Number of trained parameters.</param>
/// <param name="Passes">Floating-point operations of one sample's forward passes, by what they make; a multiply-add counts as two.</param>
public sealed record ArmCost(string Arm, long Parameters, IReadOnlyList<KeyValuePair<string, long>> Passes)
{
    /// <summary>Floating-point operations of one sample forward. What a loss multiplies by itself (the predictions into the shared space, the logits) is the
    /// loss's own to know and is left out: less than a hundredth in the models of the papers.</summary>
    public long Forward => Passes.Sum(pass => pass.Value);

    /// <summary>Forward and backward: a backward pass costs two forward ones.</summary>
    public long Training => 3 * Forward;

    /// <summary>Draws all arms' weights on the CPU and counts.</summary>
    /// <returns>In the order of the file.</returns>
    /// <exception cref="SystemFailedException">A model cannot be made, or a masking cannot mask the backbone's patches.</exception>
    public static IReadOnlyList<ArmCost> Of(Experiment experiment)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, IReadOnlyDictionary<string, Tensor>> drawn = [];
        var costs = experiment.Phases.SelectMany(phase => Of(experiment, phase, drawn)).ToArray();
        return [.. experiment.Arms.Select(arm => costs.First(cost => cost.Arm == arm))];
    }

    /// <summary>Draws the weights of a phase.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="arms">The phase.</param>
    /// <param name="drawn">The weights of the arms so far, as if they were trained; gets the phase's, in the caller's dispose scope.</param>
    static IReadOnlyList<ArmCost> Of(Experiment experiment, IReadOnlyList<string> arms, Dictionary<string, IReadOnlyDictionary<string, Tensor>> drawn)
    {
        var plan = experiment.PlanOf(experiment.NewWorld(experiment.Settings.Seeds[0], "cpu", arms, arm => drawn[arm]));
        using var runner = new Runner(plan, 0, 1);
        runner.Setup();
        var sources = experiment.ArmDefinitions.SelectMany(arm => arm.Origins.Values).Select(origin => origin.Arm).ToHashSet();
        foreach (var arm in plan.Arms.Select(arm => arm.Entity).Where(arm => sources.Contains(arm.Name)))
            drawn[arm.Name] = runner.Find<Weights>(arm)!.Tensors().ToDictionary(tensor => tensor.Key, tensor => tensor.Value.detach().clone());
        return [.. plan.Arms.Select(arm => Of(arm, runner))];
    }

    /// <summary>Counts an arm whose Setup has run.</summary>
    /// <param name="arm">Its plan: only passes that run are counted.</param>
    /// <param name="runner">Has its modules.</param>
    /// <param name="sizes">What the passes of a step worked on; where it is left out, whole contexts, and the masked pass of every image, whatever a gate leaves out.</param>
    /// <exception cref="SystemFailedException">The masking cannot mask the backbone's patches.</exception>
    public static ArmCost Of(EntityPlan arm, Runner runner, PassSizes? sizes = null)
    {
        var running = arm.Systems.Select(system => system.Definition.Name).ToHashSet();
        List<KeyValuePair<string, long>> passes = [];
        T Part<T>() where T : class => runner.Find<T>(arm.Entity)!;
        long Projection(long width) => 2 * width * Part<SharedSpace>().Dimensions;
        long Masked(long image) => (long)(image * (sizes?.SelectedShare ?? 1));
        if (running.Contains("image.tokens")) passes.Add(new("images", Part<Backbone>().Flops(Part<Backbone>().Shape.Grid.Count)));
        if (running.Contains("view.tokens")) passes.Add(new("augmented views", 2 * Part<Backbone>().Flops(Part<Backbone>().Shape.Grid.Count)));
        if (running.Contains("text.embed")) passes.Add(new("texts", Part<TextEncoder>().Flops(sizes?.TextTokens ?? Part<TextEncoder>().Shape.Context)));
        if (running.Contains("image.embed")) passes.Add(new("image projection", Projection(Part<Backbone>().Shape.Width)));
        if (running.Contains("text.embed")) passes.Add(new("text projection", Projection(Part<TextEncoder>().Shape.Width)));
        if (running.Contains("visible.tokens")) passes.Add(new("visible patches", Masked(Part<Backbone>().Flops(Visible(arm.Entity, runner)))));
        if (running.Contains("decode")) passes.Add(new("decoder", Masked(Part<Decoder>().Flops(Visible(arm.Entity, runner)))));
        return new(arm.Entity.Name, Part<Weights>().Count, passes);
    }

    /// <summary>Visible patches of each image.</summary>
    /// <exception cref="SystemFailedException">The masking cannot mask so many patches: a failure of Setup, since no step is needed to see it.</exception>
    static int Visible(Entity arm, Runner runner)
    {
        try
        {
            return runner.Find<IMasking>(arm)!.Visible(runner.Find<Backbone>(arm)!.Shape.Grid.Count);
        }
        catch (ArgumentException refused)
        {
            throw new SystemFailedException("mask", arm.Name, -1, refused);
        }
    }
}
