using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>Adds arms to a world, and makes their components from their definitions.</summary>
/// <param name="slots">The slots, which say what component each table gives to an arm.</param>
/// <param name="context">The facts that kinds take to make slots' values; null for a plan alone, which makes no
/// values.</param>
/// <param name="seed">The world's seed.</param>
/// <param name="trained">Gives the weights of arms of earlier phases; null where nothing has trained them.</param>
/// <param name="newScope">Opens the scope of an arm's services.</param>
sealed class ArmBuilder(SlotTable slots, ExperimentContext? context, long seed,
    Func<string, IReadOnlyDictionary<string, Tensor>?> trained, Func<KindScope> newScope)
{
    /// <summary>The types of the components that the engine gives to arms and to the world, whichever plugins are
    /// loaded.</summary>
    public static IEnumerable<Type> ComponentTypes(SlotTable slots) =>
    [
        .. slots.All.Select(slot => slot.Component).OfType<Type>(),
        typeof(ArmName), typeof(Seed), typeof(TrainingData), typeof(BatchShape), typeof(RunLength),
        typeof(CaptionEncoders), typeof(NoisyPasses), typeof(TrainingSamples), typeof(ITokenizer),
        typeof(TeacherTokens), typeof(TeacherVectors), typeof(TeacherAttention),
        typeof(MixedPrecision), typeof(BatchParts), typeof(Gather),
        typeof(PretrainedWeights<InitOptions>),
        typeof(KindScope), typeof(IParameterLayers), typeof(ITextOptions), typeof(VisiblePatches),
        .. Ability.Marks,
    ];

    public void AddTo(World world, ArmDefinition arm, string device)
    {
        var (scope, tokenizer) = (newScope(), arm.Tokenizer);
        var own = context is null ? null : context with { VocabularySize = tokenizer?.VocabularySize ?? 0 };
        var entity = world.AddArm(arm.Name, device).Set(new ArmName(arm.Name)).Set(scope);
        // A plan without a tokenizer tells what reads captions, so that the message about the lack can say so.
        if (own is null) PromiseTo(entity, arm);
        else if (tokenizer is not null) entity.Set(tokenizer);
        foreach (var bound in arm.Tables.Values) Set(entity, bound, own, scope);
        foreach (var (table, origin) in arm.Pretrained)
            origin.GiveTo(entity, arm.Tables[table], own!, scope, seed, trained);
        foreach (var (name, objective) in arm.Objectives)
            entity.AddItem(name).Set(objective.Entry.Options, objective.Options);
    }

    static void PromiseTo(Entity entity, ArmDefinition arm)
    {
        entity.Promise(typeof(ITokenizer));
        foreach (var (name, table) in arm.Tables)
            if (table.Options is PretrainedOptions && !arm.Pretrained.ContainsKey(name))
                entity.Promise(typeof(PretrainedWeights<>).MakeGenericType(table.Entry.Options));
    }

    void Set(Entity arm, BoundTable bound, ExperimentContext? own, KindScope scope)
    {
        arm.Set(bound.Entry.Options, bound.Options);
        if (bound.Options is IParameterLayers layers) arm.Set(layers);
        if (bound.Options is ITextOptions text) arm.Set(text);
        if (bound.Entry.Class is { } made) Ability.GiveTo(arm, made);
        if (bound.Options is IMaskingOptions masking && own is not null)
            arm.Set(new VisiblePatches(masking, own.Steps));
        if (bound.Entry.Make is null
            || slots.Find(bound.Entry.Table) is not { Component: { } type, ComponentOf: { } componentOf }) return;
        if (own is null) arm.Promise(type);
        else arm.Set(type, componentOf(given => bound.Make<object>(given, scope), own));
    }
}
