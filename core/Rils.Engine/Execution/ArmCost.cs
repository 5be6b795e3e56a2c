using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Pretrained;
using Rils.Engine.Training;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Execution;

/// <summary>The cost of an arm's models: parameters, and the floating-point operations of the passes that its plan
/// runs.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Parameters">The number of parameters, with frozen ones.</param>
/// <param name="Passes">The floating-point operations of one sample in each forward pass, by the pass's name:
/// <c>images</c>, <c>decoder</c>. A multiply-add counts as two.</param>
public sealed record ArmCost(string Arm, long Parameters, IReadOnlyList<KeyValuePair<string, long>> Passes)
{
    /// <summary>The floating-point operations of one sample in all forward passes. The sum leaves out the products
    /// inside losses (the predictions into the shared space, the logits), which only the losses know: less than a
    /// hundredth of the whole in ViT-B/16.</summary>
    public long Forward => Passes.Sum(pass => pass.Value);

    /// <summary>The part of <see cref="Forward"/> that has no backward pass: that of frozen parts, and of a
    /// teacher.</summary>
    public long Constant { get; init; }

    /// <summary>The floating-point operations of one sample forward and backward: a backward pass costs two forward
    /// ones.</summary>
    public long Training => 3 * Forward - 2 * Constant;

    /// <summary>The names of passes that run but are not in <see cref="Passes"/>: a plugin's own system makes their
    /// masks in place of a <c>[masking]</c>, and only that system knows how many patches stay visible.</summary>
    public IReadOnlyList<string> Uncounted { get; init; } = [];

    /// <summary>The names of modules that run but whose operations are not in <see cref="Passes"/>: their plugin does
    /// not tell them by <see cref="ICountsFlops"/>.</summary>
    public IReadOnlyList<string> Untold { get; init; } = [];

    /// <summary>The memory that the arm's State takes while the arm trains, in bytes: weights, gradients, the
    /// optimizer's moments, teachers, buffers. Activations come on top.</summary>
    public long Bytes { get; init; }

    /// <summary>The report of the weights that the arm took by its <c>[init]</c>; null for an arm without
    /// <c>[init]</c>.</summary>
    public TakenWeights? Taken { get; init; }

    /// <summary>Draws the weights of all arms on the CPU and counts their costs.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The cost of each arm, in the order of the file.</returns>
    /// <exception cref="SystemFailedException">A model cannot be made, or a masking cannot mask the backbone's
    /// patches.</exception>
    public static IReadOnlyList<ArmCost> Of(Experiment experiment)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, IReadOnlyDictionary<string, Tensor>> drawn = [];
        var costs = experiment.Phases.SelectMany(phase => phase).Select(arm => Of(experiment, arm, drawn)).ToArray();
        return [.. experiment.Arms.Select(arm => costs.First(cost => cost.Arm == arm))];
    }

    /// <summary>Draws the weights of one arm and counts its cost. Drawing all arms at once may need more memory than
    /// the machine has.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="arm">The arm's name.</param>
    /// <param name="drawn">The drawn weights of earlier arms, by the arms' names, from which this arm may take in place
    /// of trained ones. The method adds this arm's weights where another arm takes from them; the tensors belong to
    /// the caller's dispose scope.</param>
    static ArmCost Of(Experiment experiment, string arm, Dictionary<string, IReadOnlyDictionary<string, Tensor>> drawn)
    {
        var world = experiment.NewWorldOnCpu(experiment.Settings.Seeds[0], [arm], source => drawn[source]);
        var plan = experiment.PlanOf(world);
        using var runner = experiment.NewRunner(plan, 0, 1);
        runner.Setup();
        var only = plan.Arms.Single();
        if (experiment.ArmDefinitions.SelectMany(other => other.Pretrained.Values).Any(origin => origin.Arm == arm))
            drawn[arm] = runner.Find<Weights>(only.Entity)!.Tensors()
                .ToDictionary(tensor => tensor.Key, tensor => tensor.Value.detach().clone());
        return Of(only, runner);
    }

    /// <summary>Counts the cost of an arm whose Setup has run: the mean over the run, where the number of visible
    /// patches changes from step to step.</summary>
    /// <param name="arm">The arm's plan: only passes that run are counted.</param>
    /// <param name="runner">The runner, which holds the arm's modules.</param>
    /// <param name="sizes">The sizes of the inputs of a step's passes. Where they are left out, each caption counts as
    /// a whole context, and each image has a masked pass, even where a gate would leave images out.</param>
    /// <exception cref="SystemFailedException">The masking cannot mask the backbone's patches, or a model cannot say
    /// what its passes cost.</exception>
    public static ArmCost Of(EntityPlan arm, Runner runner, PassSizes? sizes = null)
    {
        try
        {
            return Count(arm, runner, sizes);
        }
        catch (Exception cause) when (cause is not SystemFailedException)
        {
            // A plugin's Flops threw.
            throw new SystemFailedException("the cost", arm.Entity.Name, -1, cause);
        }
    }

    static ArmCost Count(EntityPlan arm, Runner runner, PassSizes? sizes)
    {
        List<(string Name, long Flops, bool IsConstant)> passes = [];
        List<string> uncounted = [];
        var (backbone, text) = (Part<Backbone>(), Part<TextEncoder>());
        Add("images", Made<ImageFeatures>() || Made<ImageTokens>(), () => backbone!.Flops, backbone);
        Add("augmented views", Part<ViewCost>() is not null, () => Part<ViewCost>()!.Flops, backbone);
        Add("texts", Made<TextEmbedding>(), () => Texts(text!, sizes), text);
        Add("image projection", Made<ImageEmbedding>(), () => Projection(backbone!.Shape.Width));
        Add("text projection", Made<TextEmbedding>(), () => Projection(text!.Shape.Width));
        Add("visible patches", Made<VisibleTokens>(), () => Masked(Part<IMaskedBackbone>()!.VisibleFlops), backbone);
        Add("decoder", Made<PatchPrediction>(), () => Masked(Part<Decoder>()!.Flops));
        var modules = new StateModules(arm.Entity, runner);
        foreach (var told in modules.Tellers)
            if (Told(told) is not { } counted) uncounted.Add(modules.NameOf(told));
            else if (counted > 0) passes.Add((modules.NameOf(told), counted, told.IsConstant || IsFrozen(told)));
        var flops = passes.GroupBy(pass => pass.Name)
            .Select(pass => KeyValuePair.Create(pass.Key, pass.Sum(part => part.Flops)));
        return new(arm.Entity.Name, Part<Weights>()!.Count, [.. flops])
        {
            Bytes = modules.Bytes,
            Constant = passes.Where(pass => pass.IsConstant).Sum(pass => pass.Flops),
            Uncounted = uncounted,
            Untold = modules.Untold,
            Taken = Part<TakenWeights>(),
        };

        T? Part<T>() where T : class => runner.Find<T>(arm.Entity);
        long Projection(long width) => 2 * width * Part<SharedSpace>()!.Dimensions;
        long? Masked(Func<int, long> ofVisible) => (long?)(Mean(ofVisible) * (sizes?.SelectedShare ?? 1));
        double? Mean(Func<int, long> ofVisible) =>
            (sizes?.Visible is { } made ? [made] : Visible(arm.Entity, runner)) is { Count: > 0 } visible
                ? visible.Average(count => (double)ofVisible(count)) : null;

        // Where nobody knows how many patches are visible, only operations that do not depend on it can be counted.
        long? Told(ICountsFlops told)
        {
            var patches = Part<PatchShape>()?.Grid.Count ?? 0;
            if (!arm.Reads(typeof(PatchMask))) return told.Flops(patches);
            return (long?)Mean(told.Flops) ?? (told.Flops(1) == told.Flops(patches) ? told.Flops(1) : null);
        }

        bool Made<T>() => arm.Makes<T>();

        void Add(string pass, bool isMade, Func<long?> count, nn.Module? encoder = null)
        {
            if (!isMade) return;
            if (count() is { } counted) passes.Add((pass, counted, IsFrozen(encoder)));
            else uncounted.Add(pass);
        }
    }

    static long Texts(TextEncoder encoder, PassSizes? sizes) =>
        sizes is null ? encoder.Flops(encoder.Shape.Context)
        : (long)CaptionGroups.Mean(sizes, encoder.Shape.Context, tokens => encoder.Flops(tokens));

    static bool IsFrozen(object? holder)
    {
        nn.Module[] modules = holder is null ? [] : [.. StateModules.Of(holder)];
        return modules.Length > 0 && !modules.SelectMany(module => module.parameters())
            .Any(parameter => parameter.requires_grad);
    }

    /// <summary>The number of visible patches of each image in steps that are evenly spread over the run; empty for an
    /// arm without a <c>[masking]</c>.</summary>
    /// <exception cref="SystemFailedException">The masking cannot mask so many patches. The failure counts as one of
    /// Setup, since it does not need a step to show.</exception>
    static IReadOnlyList<int> Visible(Entity arm, Runner runner)
    {
        if (VisiblePatches.Of(arm, runner) is not { } masking) return [];
        var patches = runner.Find<PatchShape>(arm)!.Grid.Count;
        try
        {
            return [.. masking.Looked().Select(step =>
                masking.In(step, patches) is var visible && visible >= 1 && visible <= patches ? visible
                    : throw new ContractException($"Visible of {Held.NameOf(masking.Teller)}: expected from 1 to "
                        + $"{patches}, all patches of an image, got {visible}"))];
        }
        catch (Exception refused)
        {
            throw new SystemFailedException(EnginePlugin.Mask, arm.Name, -1, refused);
        }
    }
}
