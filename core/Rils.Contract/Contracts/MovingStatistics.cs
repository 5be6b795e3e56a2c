using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Layers that take statistics from the samples of a pass, and keep running ones: batch norm.</summary>
/// <param name="module">Holds them; null where there is none.</param>
sealed class MovingStatistics(nn.Module? module)
{
    readonly (string Name, nn.Module Layer)[] layers =
        module is null ? [] : [.. module.named_modules().Prepend(("", module)).Where(layer => Has(layer.Item2))
            .Select(layer => (layer.Item1, layer.Item2))];

    /// <summary>The first layer whose statistics a pass would move now, by its name in the module; null where none
    /// would.</summary>
    public string? Moving => layers.FirstOrDefault(layer => layer.Layer.training) is { Layer: { } found } first
        ? $"{first.Name} ({found.GetType().Name})".TrimStart() : null;

    /// <summary>Why a model must not run over parts of a batch, or twice over one.</summary>
    /// <param name="layer">What <see cref="Moving"/> says.</param>
    /// <param name="how">What would run it so: <c>chunk = 64</c>.</param>
    /// <param name="seen">What the layer would see of the batch.</param>
    public static string Refusal(string layer, string how, string seen) =>
        $"{layer} takes its statistics from the whole batch, and under {how} it would see {seen}: "
        + $"drop {how}, or take a norm of single samples (LayerNorm, GroupNorm)";

    /// <summary>The words for a layer's view of a batch under <c>chunk</c>.</summary>
    public const string Parts = "parts of it, each twice";

    /// <summary>Whether a layer is such a one.</summary>
    public static bool Has(nn.Module layer) => layer is BatchNorm or InstanceNorm { track_running_stats: true };
}
