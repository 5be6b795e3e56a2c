using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Finds layers that take statistics from the samples of a pass, and keep running statistics: batch norm
/// first, then modules that say so by <see cref="ILooksAcrossSamples"/>.</summary>
/// <param name="module">The module that holds the layers; null for a function without a module.</param>
sealed class MovingStatistics(nn.Module? module)
{
    readonly (string Name, nn.Module Layer)[] layers =
        module is null ? [] : [.. module.named_modules().Prepend(("", module))
            .Where(layer => Has(layer.Item2) || layer.Item2 is ILooksAcrossSamples)
            .OrderBy(layer => !Has(layer.Item2)).Select(layer => (layer.Item1, layer.Item2))];

    /// <summary>The name and type of the first layer whose running statistics a pass would change now; null where there
    /// is none.</summary>
    public string? Moving => layers.FirstOrDefault(layer => layer.Layer.training) is { Layer: { } found } first
        ? $"{first.Name} ({found.GetType().Name})".TrimStart() : null;

    /// <summary>Explains why a model must not run over parts of a batch, or twice over one.</summary>
    /// <param name="layer">The layer, as <see cref="Moving"/> names it.</param>
    /// <param name="how">The option that would run the model so: <c>chunk = 64</c>.</param>
    /// <param name="seen">Words for the layer's view of the batch.</param>
    public static string Refusal(string layer, string how, string seen) =>
        $"{layer} takes its statistics from the whole batch, and under {how} it would see {seen}: "
        + $"drop {how}, or take a norm of single samples (LayerNorm, GroupNorm)";

    /// <summary>The words for a layer's view of a batch under <c>chunk</c>.</summary>
    public const string Parts = "parts of it, each twice";

    /// <summary>Whether a layer keeps running statistics.</summary>
    public static bool Has(nn.Module layer) => layer is BatchNorm or InstanceNorm { track_running_stats: true };
}
