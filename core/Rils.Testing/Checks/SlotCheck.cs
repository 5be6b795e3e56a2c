using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>A check of all kinds of a slot.</summary>
/// <param name="Slot">The type of the slot's values, or of options, that the check is for.</param>
/// <param name="Name">The check's name, for messages.</param>
/// <param name="Run">Looks at a kind.</param>
sealed record SlotCheck(Type Slot, string Name, Func<Kind, IEnumerable<Fault>> Run)
{
    /// <summary>All checks of all slots.</summary>
    public static IReadOnlyList<SlotCheck> All { get; } =
    [
        new(typeof(object), "documented", kind => OptionsCheck.Documented(kind.Options)),
        .. OfModules<Backbone, ExperimentContext>(Passes.Of, static (module, random) => module.Initialize(random)),
        Of<Backbone, ExperimentContext>("other sizes", (make, about) => SizeChecks.TakesOtherSizes(make(), about)),
        .. OfModules<TextEncoder, ExperimentContext>(Passes.Of, static (module, random) => module.Initialize(random)),
        Of<TextEncoder, ExperimentContext>("padding", (make, about) => ModuleChecks.IgnoresPadding(make(), about)),
        .. OfModules<SharedSpace, SpaceContext>(Passes.Of, static (module, random) => module.Initialize(random)),
        .. OfModules<Decoder, DecoderContext>(Passes.Of, static (module, random) => module.Initialize(random)),
        Of<IMasking, ExperimentContext>("partition", (make, _) => MaskingChecks.Partition(make())),
        Of<IMasking, ExperimentContext>("noise is read only", (make, _) => MaskingChecks.KeepsNoise(make())),
        Of<IMasking, ExperimentContext>("living tensors", (make, _) => MaskingChecks.Disposes(make())),
        Of<IMasking, ExperimentContext>("same result twice", (make, _) => MaskingChecks.Repeats(make())),
        Of<IMasking, ExperimentContext>("samples apart", (make, _) => MaskingChecks.KeepsSamplesApart(make())),
        Of<IMaskingOptions, object>("visible patches", (make, _) => MaskingChecks.TellsVisible(make())),
        Of<IOptimizer, ExperimentContext>("moves weights", (make, _) => OptimizerChecks.MovesWeights(make)),
        Of<IOptimizer, ExperimentContext>("same result twice", (make, _) => OptimizerChecks.Repeats(make)),
        Of<IOptimizer, ExperimentContext>("resume", (make, _) => OptimizerChecks.Resumes(make)),
        Of<IOptimizer, ExperimentContext>("living tensors", (make, _) => OptimizerChecks.Disposes(make)),
        Of<ISchedule, ExperimentContext>("rates", (make, about) => ScheduleChecks.TellsRates(make(), about)),
        Of<ISchedule, ExperimentContext>("function of the step", ScheduleChecks.DependsOnTheStepAlone),
        Of<IAugmentation, DataContext>("pixels", DataChecks.Augments),
        Of<IViewAugmentation, DataContext>("pixels", DataChecks.MakesViews),
        Of<ITokenizer, DataContext>("ids", (make, _) => DataChecks.Tokenizes(make())),
        Of<ISource, SourceContext>("samples", (make, _) => DataChecks.Reads(make)),
        Of<ISink, SinkContext>("events", (make, _) => SinkChecks.Hears(make)),
        Of<ISink, SinkContext>("beside others", (make, _) => SinkChecks.GoesOnBesideOthers(make)),
        Of<ISink, SinkContext>("dispose", (make, _) => SinkChecks.IsDisposed(make)),
        Of<ISink, SinkContext>("folder", (make, _) => SinkChecks.StaysInItsFolder(make)),
    ];

    static SlotCheck Of<TSlot, TContext>(string name, Func<Func<TSlot>, TContext, IEnumerable<Fault>> check) =>
        new(typeof(TSlot), name, kind => check(() => (TSlot)kind.Make(), (TContext)kind.Context));

    static IEnumerable<SlotCheck> OfModules<TModule, TContext>(
        Func<TModule, TContext, IReadOnlyList<Pass>> passes, Action<TModule, RandomStream> initialize)
        where TModule : nn.Module
    {
        SlotCheck Of(string name, Func<ModuleKind, IEnumerable<Fault>> check) =>
            new(typeof(TModule), name, kind => check(new(() => (TModule)kind.Make(),
                (module, random) => initialize((TModule)module, random),
                module => passes((TModule)module, (TContext)kind.Context))));
        return
        [
            Of("shapes", ModuleChecks.Shapes),
            Of("inputs are read only", ModuleChecks.KeepsInputs),
            Of("living tensors", ModuleChecks.Disposes),
            Of("same result twice", ModuleChecks.Repeats),
            Of("samples apart", ModuleChecks.KeepsSamplesApart),
            Of("gradients", ModuleChecks.GivesGradients),
            Of("initialization", ModuleChecks.DrawsFromItsStream),
            Of("parts", ModuleChecks.AddsUpInParts),
            Of("bf16", ModuleChecks.RunsInBf16),
        ];
    }
}
