using Rils.Contract;

namespace Rils.Engine.Slots;

/// <summary>All tables with kinds that the engine knows. A new slot needs an entry here, and a change nowhere
/// else.</summary>
sealed record SlotTable(params IReadOnlyList<Slot> All)
{
    /// <summary>The beginning of the tensors' names in all modules that see images, as in MAE's and RILS's
    /// models.</summary>
    const string Visual = "visual.";

    /// <summary>The engine's own slots.</summary>
    public static SlotTable Engine { get; } = new(
        Slot.Module<Backbone, ExperimentContext, MakeBackbone>(
            "backbone", (make, context) => () => make(context), ModuleSetup.Backbone)
            with { Prefix = Visual, TakesSamples = true, IsNeeded = true, IsOfModel = true },
        Slot.Module<TextEncoder, ExperimentContext, MakeTextEncoder>(
            "text", (make, context) => () => make(context), ModuleSetup.Text)
            with { TakesSamples = true, IsOfModel = true },
        Slot.Module<Decoder, DecoderContext, MakeDecoder>(
            "decoder", (make, _) => context => make(context), ModuleSetup.Decoder)
            with { Prefix = Visual, TakesSamples = true },
        Slot.Module<SharedSpace, SpaceContext, MakeSpace>(
            "space", (make, _) => context => make(context), ModuleSetup.Space)
            with { Usual = "linear", IsOfModel = true },
        Slot.Value<IMasking>("masking")
            with { IsStateless = true, SystemsOptions = typeof(IMaskingOptions), Made = typeof(PatchMask) },
        Slot.Value<IOptimizer>("optimizer") with { IsNeeded = true },
        Slot.Value<ISchedule>("schedule") with { IsStateless = true, IsNeeded = true },
        // A system of the target's plugin says what is predicted of a patch, and so how wide the prediction is.
        new Slot("target", Component: typeof(TargetShape)),
        new Slot("objective"),
        new Slot("head", typeof(IHead), typeof(HeadContext)),
        new Slot("sink", typeof(ISink), typeof(SinkContext)),
        new Slot("data", typeof(ISource), typeof(SourceContext)),
        new Slot("data.tokenizer", typeof(ITokenizer), typeof(DataContext), Offer: (typeof(CaptionTokens), "captions"),
            Within: "text"),
        new Slot("data.augmentation", typeof(IAugmentation), typeof(DataContext), IsNeeded: true),
        new Slot("data.views", typeof(IViewAugmentation), typeof(DataContext),
            Offer: (typeof(AugmentedViews), "augmented views")));

    /// <summary>The tables of <c>[data]</c>: those of <c>EngineTables.OfData</c>, which merging
    /// keeps where the kind of source changes.</summary>
    public IEnumerable<Slot> OfData => All.Where(slot => slot.Table != slot.Key);

    /// <summary>The slots of which a table of an arm may have a table within.</summary>
    public IEnumerable<Slot> Within(string table) => All.Where(slot => slot.Within == table);

    /// <summary>The tables at the root of a file or in an arm.</summary>
    public IEnumerable<Slot> AtRoot => All.Where(slot => slot.Table == slot.Key);

    /// <summary>The slot of a table; null for a table that is no slot.</summary>
    public Slot? Find(string table) => All.FirstOrDefault(slot => slot.Table == table);

    /// <summary>The slot of a contract.</summary>
    public Slot Of<TSlot>() => All.First(slot => slot.Contract == typeof(TSlot));

    /// <summary>The slot whose contract a value implements; null where no slot's does.</summary>
    public Slot? Of(object value) => All.FirstOrDefault(slot => slot.Contract?.IsInstanceOfType(value) == true);
}
