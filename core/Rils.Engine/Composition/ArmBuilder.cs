using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Pretrained;
using Rils.Engine.Training;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>From an arm's definition to its components.</summary>
/// <param name="context">What slots' values are made with; null where a plan is all that is asked for, and
/// <see cref="Unmade"/> stands for them.</param>
/// <param name="seed">Of the world.</param>
/// <param name="trained">The weights of arms of earlier phases; null where nobody trained them.</param>
sealed class ArmBuilder(ExperimentContext? context, long seed,
    Func<string, IReadOnlyDictionary<string, Tensor>?> trained)
{
    /// <summary>The tables whose values are components themselves; those of others are made in Setup.</summary>
    public static readonly IReadOnlyList<string> MadeAtStart = ["masking", "optimizer", "schedule"];

    /// <summary>What arms and the world may have without a plugin's doing.</summary>
    public static readonly IReadOnlyList<Type> ComponentTypes =
    [
        typeof(MakeBackbone), typeof(MakeTextEncoder), typeof(MakeSpace), typeof(MakeDecoder), typeof(IMasking), typeof(IOptimizer), typeof(ISchedule),
        typeof(ArmName), typeof(Seed), typeof(TrainingData), typeof(BatchShape), typeof(RunLength),
        typeof(MixedPrecision), typeof(BatchParts), typeof(GivenWeights<InitOptions>),
        typeof(TargetShape), // made by a target's plugin, of which there may be none
    ];

    public void AddTo(World world, ArmDefinition arm, string device)
    {
        var entity = world.AddArm(arm.Name, device).Set(new ArmName(arm.Name));
        foreach (var (table, bound) in arm.Tables) Set(entity, table, bound);
        foreach (var (table, origin) in arm.Origins)
            Set(entity, origin.Given(arm.Tables[table], context!, seed, trained));
        foreach (var (name, objective) in arm.Objectives) entity.AddItem(name).Set(objective.Entry.Options, objective.Options);
    }

    /// <summary>The table that gives an arm a component: for messages about an arm that lacks it.</summary>
    public static string? TableOf(Type component) =>
        component == typeof(MakeBackbone) ? "[backbone]" :
        component == typeof(MakeTextEncoder) ? "[text]" :
        component == typeof(MakeSpace) ? "[space]" :
        component == typeof(MakeDecoder) ? "[decoder]" :
        component == typeof(IMasking) ? "[masking]" :
        component == typeof(IOptimizer) ? "[optimizer]" :
        component == typeof(ISchedule) ? "[schedule]" :
        component == typeof(TargetShape) ? "[target]" : null;

    static void Set(Entity arm, (Type Type, object Value) component) => arm.Set(component.Type, component.Value);

    void Set(Entity arm, string table, BoundTable bound)
    {
        arm.Set(bound.Entry.Options, bound.Options);
        switch (table)
        {
            case "backbone": arm.Set<MakeBackbone>(() => bound.Make<Backbone>(context!)); break;
            case "text": arm.Set<MakeTextEncoder>(() => bound.Make<TextEncoder>(context!)); break;
            case "space": arm.Set<MakeSpace>(bound.Make<SharedSpace>); break;
            case "decoder": arm.Set<MakeDecoder>(bound.Make<Decoder>); break;
            case "masking": arm.Set(Now<IMasking>(bound)); break;
            case "optimizer": arm.Set(Now<IOptimizer>(bound)); break;
            case "schedule": arm.Set(Now<ISchedule>(bound)); break;
        }
    }

    T Now<T>(BoundTable bound) where T : class => context is null ? (T)(object)new Unmade() : bound.Make<T>(context);
}
