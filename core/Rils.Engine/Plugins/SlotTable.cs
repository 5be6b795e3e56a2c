using Rils.Abstractions;

namespace Rils.Engine.Plugins;

/// <summary>A slot.</summary>
/// <param name="Slot">Its contract.</param>
/// <param name="Table">The experiment's table for it.</param>
/// <param name="Context">What the engine gives to its factory beside the options.</param>
public sealed record SlotTable(Type Slot, string Table, Type Context)
{
    /// <summary>All slots.</summary>
    public static IReadOnlyList<SlotTable> All { get; } =
    [
        new(typeof(Backbone), "backbone", typeof(ExperimentContext)),
        new(typeof(TextEncoder), "text", typeof(ExperimentContext)),
        new(typeof(Decoder), "decoder", typeof(DecoderContext)),
        new(typeof(SharedSpace), "space", typeof(SpaceContext)),
        new(typeof(IMasking), "masking", typeof(ExperimentContext)),
        new(typeof(IOptimizer), "optimizer", typeof(ExperimentContext)),
        new(typeof(ISchedule), "schedule", typeof(ExperimentContext)),
        new(typeof(IHead), "head", typeof(HeadContext)),
        new(typeof(ISource), "data", typeof(SourceContext)),
        new(typeof(ITokenizer), "data.tokenizer", typeof(DataContext)),
        new(typeof(IAugmentation), "data.augmentation", typeof(DataContext)),
    ];
}
