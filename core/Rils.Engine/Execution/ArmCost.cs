using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Pretrained;
using Rils.Engine.Training;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Execution;

/// <summary>What an arm costs by its models: parameters, and the floating-point operations of the passes that its plan runs.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Parameters">Number of parameters, frozen ones among them.</param>
/// <param name="Passes">Floating-point operations of one sample's forward passes, by what they make; a multiply-add counts as two.</param>
public sealed record ArmCost(string Arm, long Parameters, IReadOnlyList<KeyValuePair<string, long>> Passes)
{
    /// <summary>Floating-point operations of one sample forward. What a loss multiplies by itself (the predictions into the shared space, the logits) is the
    /// loss's own to know and is left out: less than a hundredth in the models of the papers.</summary>
    public long Forward => Passes.Sum(pass => pass.Value);

    /// <summary>Of <see cref="Forward"/>, what has no backward pass: that of frozen parts, and of a teacher.</summary>
    public long Constant { get; init; }

    /// <summary>Forward and backward: a backward pass costs two forward ones.</summary>
    public long Training => 3 * Forward - 2 * Constant;

    /// <summary>Passes that run and are not among these: how many patches they see is known to a plugin's own system
    /// alone, which makes the masks in the place of a <c>[masking]</c>.</summary>
    public IReadOnlyList<string> Uncounted { get; init; } = [];

    /// <summary>What it took of the weights that its <c>[init]</c> names; null without one.</summary>
    public TakenWeights? Taken { get; init; }

    /// <summary>Draws all arms' weights on the CPU and counts.</summary>
    /// <returns>In the order of the file.</returns>
    /// <exception cref="SystemFailedException">A model cannot be made, or a masking cannot mask the backbone's patches.</exception>
    public static IReadOnlyList<ArmCost> Of(Experiment experiment)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, IReadOnlyDictionary<string, Tensor>> drawn = [];
        var costs = experiment.Phases.SelectMany(phase => phase).Select(arm => Of(experiment, arm, drawn)).ToArray();
        return [.. experiment.Arms.Select(arm => costs.First(cost => cost.Arm == arm))];
    }

    /// <summary>Draws the weights of an arm by itself: all arms at once may need more memory than there is.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="drawn">The weights of the arms so far, as if they were trained; gets this one's, in the caller's dispose scope.</param>
    static ArmCost Of(Experiment experiment, string arm, Dictionary<string, IReadOnlyDictionary<string, Tensor>> drawn)
    {
        var plan = experiment.PlanOf(experiment.NewWorldOnCpu(experiment.Settings.Seeds[0], [arm], source => drawn[source]));
        using var runner = experiment.NewRunner(plan, 0, 1);
        runner.Setup();
        var only = plan.Arms.Single();
        if (experiment.ArmDefinitions.SelectMany(other => other.Origins.Values).Any(origin => origin.Arm == arm))
            drawn[arm] = runner.Find<Weights>(only.Entity)!.Tensors().ToDictionary(tensor => tensor.Key, tensor => tensor.Value.detach().clone());
        return Of(only, runner);
    }

    /// <summary>Counts an arm whose Setup has run.</summary>
    /// <param name="arm">Its plan: only passes that run are counted.</param>
    /// <param name="runner">Has its modules.</param>
    /// <param name="sizes">What the passes of a step worked on; where it is left out, whole contexts, and the masked pass of every image, whatever a gate leaves out.</param>
    /// <exception cref="SystemFailedException">The masking cannot mask the backbone's patches, or a model cannot tell
    /// what its passes cost.</exception>
    public static ArmCost Of(EntityPlan arm, Runner runner, PassSizes? sizes = null)
    {
        try
        {
            return Count(arm, runner, sizes);
        }
        catch (Exception cause) when (cause is not SystemFailedException)
        {
            throw new SystemFailedException("the cost", arm.Entity.Name, -1, cause); // a plugin's Flops
        }
    }

    static ArmCost Count(EntityPlan arm, Runner runner, PassSizes? sizes)
    {
        List<(string Name, long Flops, bool IsConstant)> passes = [];
        List<string> uncounted = [];
        var (backbone, text) = (Part<Backbone>(), Part<TextEncoder>());
        Add<ImageTokens>("images", () => Whole(1), backbone);
        Add<ViewTokens>("augmented views", () => Whole(2), backbone);
        Add<Sentences>("texts", () => Texts(text!, sizes), text);
        Add<ImageEmbedding>("image projection", () => Projection(backbone!.Shape.Width));
        Add<Sentences>("text projection", () => Projection(text!.Shape.Width));
        Add<VisibleTokens>("visible patches", () => Masked(backbone!.Flops), backbone);
        Add<PatchPrediction>("decoder", () => Masked(Part<Decoder>()!.Flops));
        if (Part<TeacherCost>()?.Flops is > 0 and var teacher) passes.Add(("teacher", teacher, true));
        var flops = passes.Select(pass => KeyValuePair.Create(pass.Name, pass.Flops));
        return new(arm.Entity.Name, Part<Weights>()!.Count, [.. flops])
        {
            Constant = passes.Where(pass => pass.IsConstant).Sum(pass => pass.Flops),
            Uncounted = uncounted,
            Taken = Part<TakenWeights>(),
        };

        T? Part<T>() where T : class => runner.Find<T>(arm.Entity);
        long Whole(int images) => images * backbone!.Flops(backbone.Shape.Grid.Count);
        long Projection(long width) => 2 * width * Part<SharedSpace>()!.Dimensions;
        long? Masked(Func<int, long> ofVisible) => (Visible(arm.Entity, runner) ?? sizes?.Visible) is { } visible
            ? (long)(ofVisible(visible) * (sizes?.SelectedShare ?? 1)) : null;

        void Add<TMade>(string pass, Func<long?> count, nn.Module? encoder = null)
        {
            if (!arm.Makes<TMade>()) return;
            if (count() is { } counted) passes.Add((pass, counted, IsFrozen(encoder)));
            else uncounted.Add(pass);
        }
    }

    static long Texts(TextEncoder encoder, PassSizes? sizes) =>
        sizes is null ? encoder.Flops(encoder.Shape.Context)
        : (long)CaptionGroups.Mean(sizes, encoder.Shape.Context, tokens => encoder.Flops(tokens));

    static bool IsFrozen(nn.Module? module) => module is not null && !module.parameters().Any(parameter => parameter.requires_grad);

    /// <summary>Visible patches of each image; null where no <c>[masking]</c> tells.</summary>
    /// <exception cref="SystemFailedException">The masking cannot mask so many patches: a failure of Setup, since no step is needed to see it.</exception>
    static int? Visible(Entity arm, Runner runner)
    {
        if (runner.Find<IMasking>(arm) is not { } masking) return null;
        var patches = runner.Find<Backbone>(arm)!.Shape.Grid.Count;
        try
        {
            return masking.Visible(patches) is var visible && visible >= 1 && visible <= patches ? visible
                : throw new ContractException($"Visible of {Held.NameOf(masking)}: expected from 1 to {patches}, all patches of an image, got {visible}");
        }
        catch (Exception refused)
        {
            throw new SystemFailedException(EnginePlugin.Mask, arm.Name, -1, refused);
        }
    }
}
