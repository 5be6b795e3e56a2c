using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Training;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Contracts;

/// <summary>Checks an arm's values against the contract.</summary>
sealed class ArmContract(Experiment experiment, Runner runner, Entity arm)
{
    /// <summary>The number of steps whose learning rates are checked before the first step.</summary>
    const long Looked = 1000;

    readonly ModuleContract modules = new();
    readonly BufferWatch buffers = new();

    /// <summary>The values of Setup before the weights, each with its maker.</summary>
    readonly List<(string Maker, object Value)> setUp = [];

    /// <summary>Checks the values that a system made.</summary>
    /// <exception cref="ContractException">A value differs from what the contract asks for.</exception>
    public void Inspect(PlannedSystem system, long step, IReadOnlyList<object> made)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        if (system.Definition.Stage == Stage.Setup)
            setUp.AddRange(made.Select(value => (ValueContract.MakerOf(system), value)));
        foreach (var value in made) Inspect(system, step, value);
        // Every part that moves buffers in a forward pass has run by then.
        if (system.Definition.Stage == Stage.Objective && runner.Find<Weights>(arm) is { } weights)
            buffers.Keep(weights);
    }

    void Inspect(PlannedSystem system, long step, object value)
    {
        var by = new Maker(system, arm.Device);
        switch (value)
        {
            case BackboneShape shape:
                by.Positive("Shape of the backbone", Part<Backbone>(), ("Width", shape.Width));
                CheckTold<IBackboneOptions, BackboneShape>(by, "Shape", shape, nameof(IBackboneOptions.ShapeFor),
                    static (options, size) => options.ShapeFor(size));
                if (Part<Backbone>() is ILayeredFeatures)
                    by.Positive("Shape of the backbone", Part<Backbone>(), ("Layers", shape.Layers));
                break;
            case PatchShape patches:
                by.Positive("Patches of the backbone", Part<Backbone>(), ("Grid.Rows", patches.Grid.Rows),
                    ("Grid.Columns", patches.Grid.Columns), ("PatchSize", patches.PatchSize),
                    ("1 + Prefix", 1 + patches.Prefix));
                CheckTold<ITokenBackboneOptions, PatchShape>(by, "Patches", patches,
                    nameof(ITokenBackboneOptions.PatchesFor), static (options, size) => options.PatchesFor(size));
                break;
            case TextShape shape:
                by.Positive("Shape of the text encoder", Part<TextEncoder>(), ("Width", shape.Width),
                    ("Context", shape.Context));
                if (Part<ITextOptions>() is { } told && told.Shape != shape)
                    throw by.Wrong("Shape of the text encoder", Part<TextEncoder>(),
                        $"{told.Shape}, as its options tell by {nameof(ITextOptions.Shape)}", $"{shape}");
                break;
            case SharedSpace space:
                by.Positive("the shared space", space, ("Dimensions", space.Dimensions));
                CheckScale(by, space);
                break;
            case TargetShape shape:
                by.Positive("TargetShape", null, ("Width", shape.Width));
                break;
            case TeacherShape shape:
                by.Positive("TeacherShape", null, ("Width", shape.Width));
                break;
            case Trainable part:
                modules.Add(part);
                break;
            case Weights weights when modules.HasParts:
                modules.CheckRegistered();
                modules.CheckTrained(setUp);
                modules.CheckFinite(weights);
                new StatisticsCheck(experiment, arm.Name).Check(modules.Parts);
                break;
            case OptimizerState state:
                foreach (var (name, tensor) in state.Tensors
                    ?? throw by.Wrong("Tensors of OptimizerState", Part<IOptimizer>(), "a dictionary", "null"))
                    Held.Present(tensor, $"OptimizerState.{name}", Part<IOptimizer>() ?? (object)by.Name);
                CheckSchedule();
                break;
            case ImageTokens { Tokens: var tokens }: FullPass(by, "ImageTokens.Tokens", tokens); break;
            case ViewTokens views:
                Each(by, "ViewTokens.All", views.All, (what, tokens, size) =>
                {
                    if (size == experiment.Context.ImageSize) FullPass(by, what, tokens);
                    else by.Floats(what, Part<Backbone>(), tokens, "[batch, prefix + the view's patches, width]", Batch,
                        Math.Max(tokens.dim() == 3 ? tokens.shape[1] : 0, Patches.Prefix + 1), Shape.Width);
                });
                break;
            case ImageFeatures { Vectors: var vectors }: Pooled(by, "ImageFeatures.Vectors", vectors); break;
            case ViewFeatures views:
                Each(by, "ViewFeatures.All", views.All, (what, features, _) => Pooled(by, what, features));
                break;
            case ImageEmbedding { Vectors: var vectors }: Embedded(by, "ImageEmbedding.Vectors", vectors); break;
            case TextEmbedding { Vectors: var vectors }: Embedded(by, "TextEmbedding.Vectors", vectors); break;
            case PatchMask mask: Mask(by, mask, step); break;
            case ImageSelection selection: Selection(by, selection); break;
            case VisibleTokens visible:
                by.Floats("VisibleTokens.Tokens", Part<Backbone>(), visible.Tokens, 
                    "[selected, prefix + visible, width]", Selected, Patches.Prefix + visible.Mask.Visible.shape[1],
                    Shape.Width);
                break;
            case PatchPrediction prediction:
                by.Floats("PatchPrediction.Tokens", Part<Decoder>(), prediction.Tokens,
                    "[selected, prefix + patches, target width]", Selected, Patches.Prefix + Patches.Grid.Count,
                    runner.Find<TargetShape>(arm)?.Width ?? prediction.Tokens.shape[^1]);
                break;
            case TeacherTokens { Tokens: var tokens, Prefix: var prefix }:
                by.Floats("TeacherTokens.Tokens", null, tokens, "[batch, prefix + patches, teacher width]", Batch,
                    prefix + Patches.Grid.Count, runner.Find<TeacherShape>(arm)?.Width ?? Shape.Width);
                by.Constant("TeacherTokens.Tokens", tokens);
                break;
            case TeacherVectors { Values: var vectors, Prefix: var prefix }:
                by.Floats("TeacherVectors.Values", null, vectors, "[batch, prefix + patches, dimensions]", Batch,
                    prefix + Patches.Grid.Count, Part<SharedSpace>()?.Dimensions ?? vectors.shape[^1]);
                by.Constant("TeacherVectors.Values", vectors);
                break;
            case TeacherAttention { Weights: var attended }:
                by.Floats("TeacherAttention.Weights", null, attended, "[batch, heads, patches]", Batch,
                    attended.dim() == 3 ? attended.shape[1] : 0, Patches.Grid.Count);
                by.Constant("TeacherAttention.Weights", attended);
                break;
            case LossTerm term: Loss(by, term); break;
            case Metric metric:
                CheckName(by, "a metric", metric.Name);
                by.Number($"the metric `{metric.Name}`", metric.Value);
                break;
            case Gradients when runner.Find<Weights>(arm) is { } weights:
                modules.CheckPlaced(weights);
                buffers.Check(weights);
                break;
        }
    }

    int Batch => experiment.Context.BatchSize;

    BackboneShape Shape => runner.Find<BackboneShape>(arm)!;

    /// <summary>The patches; where no system of the arm reads them, those that the backbone tells.</summary>
    PatchShape Patches => runner.Find<PatchShape>(arm) ?? ((ITokenBackbone)Part<Backbone>()!).Patches;

    /// <summary>The number of images in the masked pass.</summary>
    long Selected => runner.Find<ImageSelection>(arm)?.Images.shape[0] ?? Batch;

    T? Part<T>() where T : class => runner.Find<T>(arm);

    /// <summary>Checks that the options gave the backbone's shape, where options give a shape before there is a
    /// backbone.</summary>
    void CheckTold<TOptions, TShape>(
        Maker by, string what, TShape shape, string method, Func<TOptions, int, TShape> tell) where TShape : class
    {
        var table = experiment.ArmDefinitions.First(own => own.Name == arm.Name).TableOf<Backbone>();
        if (table?.Options is TOptions options && tell(options, experiment.Context.ImageSize) is var told
            && !told.Equals(shape))
            throw by.Wrong($"{what} of the backbone", Part<Backbone>(), $"{told}, as its options tell by {method}",
                $"{shape}");
    }

    /// <summary>Checks the logit scale; a space without one may throw.</summary>
    static void CheckScale(Maker by, SharedSpace space)
    {
        Tensor scale;
        try
        {
            scale = space.LogitScale;
        }
        catch (Exception none) when (none is NotSupportedException or InvalidOperationException)
        {
            return;
        }
        by.Floats("LogitScale of the shared space", space, scale, "a single number, []");
    }

    /// <summary>Checks the learning rates of some steps, with the last one: all rates are functions of the step
    /// alone.</summary>
    void CheckSchedule()
    {
        if (Part<ISchedule>() is not { } schedule) return;
        var last = experiment.Context.Steps - 1;
        for (var place = 0L; place <= Looked; place++)
            LearningSystems.Rate(schedule, (long)((Int128)last * place / Looked));
    }

    /// <summary>Checks a list with a tensor for each view.</summary>
    void Each(Maker by, string what, IReadOnlyList<Tensor> views, Action<string, Tensor, int> check)
    {
        var sizes = experiment.Training.Views!.Sizes;
        if (views.Count != sizes.Count)
            throw by.Wrong(what, null, $"{sizes.Count} tensors", $"{views.Count}");
        foreach (var (number, size) in sizes.Index()) check($"{what}[{number}]", views[number], size);
    }

    void FullPass(Maker by, string what, Tensor tokens) =>
        by.Floats(what, Part<Backbone>(), tokens, "[batch, prefix + patches, width]", Batch,
            Patches.Prefix + Patches.Grid.Count, Shape.Width);

    void Pooled(Maker by, string what, Tensor vectors) =>
        by.Floats(what, Part<Backbone>(), vectors, "[batch, width]", Batch, Shape.Width);

    void Embedded(Maker by, string what, Tensor vectors) =>
        by.Floats(what, Part<SharedSpace>(), vectors, "[batch, dimensions]", Batch,
        Part<SharedSpace>()?.Dimensions ?? vectors.shape[^1]);

    void Mask(Maker by, PatchMask mask, long step)
    {
        var (masking, patches) = (by.IsEngine ? Part<IMasking>() : null, Patches.Grid.Count);
        Held.Present(mask.Visible, "PatchMask.Visible", by.Of(masking));
        var told = VisiblePatches.Of(arm, runner)?.In(step, patches);
        var visible = told ?? (mask.Visible.dim() == 2 ? mask.Visible.shape[1] : 0);
        by.Numbers("PatchMask.Visible", masking, mask.Visible, "[batch, visible]", Batch, visible);
        by.Numbers("PatchMask.Hidden", masking, mask.Hidden, "[batch, hidden]", Batch, patches - visible);
        by.Numbers("PatchMask.Restore", masking, mask.Restore, "[batch, patches]", Batch, patches);
        var order = cat([mask.Visible, mask.Hidden], 1);
        var own = Constant.Count(patches, order.device).expand(Batch, patches);
        if (!order.sort(1).Values.Equals(own))
            throw by.Wrong("PatchMask", masking,
                $"each of the patches 0 to {patches - 1} once in every image, visible or hidden",
                $"{Show(order)} in the first one");
        if (!order.gather(1, mask.Restore.clamp(Constant.Of(0), Constant.Of(patches - 1))).Equals(own))
            throw by.Wrong("PatchMask.Restore", masking, "where each patch stands in visible-then-hidden order",
                $"{Show(mask.Restore)} for the first image, whose order is {Show(order)}");
    }

    void Selection(Maker by, ImageSelection selection)
    {
        Held.Present(selection.Images, "ImageSelection.Images", by.Name);
        var images = by.Numbers("ImageSelection.Images", null, selection.Images, "[selected]",
            selection.Images.dim() == 1 ? selection.Images.shape[0] : 0);
        var numbers = images.cpu().data<long>().ToArray();
        if (numbers.Any(image => image < 0 || image >= Batch)
            || numbers.Zip(numbers.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw by.Wrong("ImageSelection.Images", null,
                $"numbers of the batch's images, from 0 to {Batch - 1}, ascending", Held.Show(numbers));
        if (selection.Weights is not { } weights) return;
        by.Floats("ImageSelection.Weights", null, weights, "[selected]", numbers.Length);
        by.Constant("ImageSelection.Weights", weights);
    }

    static void CheckName(Maker by, string what, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw by.Wrong($"the name of {what}", null, "some letters", name is null ? "null" : "none");
    }

    static void Loss(Maker by, LossTerm term)
    {
        CheckName(by, "a loss", term.Name);
        by.Number($"the loss `{term.Name}`", term.Value);
        if (!double.IsFinite(term.Weight))
            throw by.Wrong($"the weight of the loss `{term.Name}`", null, "a finite number", $"{term.Weight}");
        if (!term.Value.requires_grad)
            throw by.Wrong($"the loss `{term.Name}`", null, "a number that depends on the weights",
                "a constant, which has no gradient (is it detached, or made under no_grad?)");
    }

    static string Show(Tensor rows) => Held.Show(rows[0].cpu().data<long>().ToArray());
}
