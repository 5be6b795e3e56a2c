using Rils.Contract;

namespace Rils.Engine.Plugins;

/// <summary>A slot.</summary>
/// <param name="Slot">Its contract.</param>
/// <param name="Table">The experiment's table for it.</param>
/// <param name="Context">What the engine gives to its factory beside the options.</param>
/// <param name="Usual">The kind of a table that names none; null where it must.</param>
public sealed record SlotTable(Type Slot, string Table, Type Context, string? Usual = null)
{
    /// <summary>All slots.</summary>
    public static IReadOnlyList<SlotTable> All { get; } =
    [
        new(typeof(Backbone), "backbone", typeof(ExperimentContext)),
        new(typeof(TextEncoder), "text", typeof(ExperimentContext)),
        new(typeof(Decoder), "decoder", typeof(DecoderContext)),
        new(typeof(SharedSpace), "space", typeof(SpaceContext), "linear"),
        new(typeof(IMasking), "masking", typeof(ExperimentContext)),
        new(typeof(IOptimizer), "optimizer", typeof(ExperimentContext)),
        new(typeof(ISchedule), "schedule", typeof(ExperimentContext)),
        new(typeof(IHead), "head", typeof(HeadContext)),
        new(typeof(ISource), "data", typeof(SourceContext)),
        new(typeof(ITokenizer), "data.tokenizer", typeof(DataContext)),
        new(typeof(IAugmentation), "data.augmentation", typeof(DataContext)),
        new(typeof(IViewAugmentation), "data.views", typeof(DataContext)),
    ];

    /// <summary>The kind of a table that names none; null where it must.</summary>
    public static string? UsualKind(string table) => All.FirstOrDefault(slot => slot.Table == table)?.Usual;
}
