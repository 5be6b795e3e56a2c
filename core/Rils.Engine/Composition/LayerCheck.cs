using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;

namespace Rils.Engine.Composition;

/// <summary>Checks that the backbone of every arm has the layers whose features a head reads.</summary>
/// <param name="registry">The kinds, to name those that would fit.</param>
/// <param name="images">The images' size; null where it is wrong, so that no backbone's layers are known.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class LayerCheck(PluginRegistry registry, DataContext? images, Problems problems)
{
    /// <summary>Checks a head against all arms.</summary>
    public void Check(HeadDefinition head, IHead made, IReadOnlyList<ArmDefinition> arms)
    {
        if (made.Layers.Count == 0) return;
        var span = head.Table.Values["layer"]?.Span ?? head.Table.Span;
        foreach (var arm in arms.DistinctBy(arm => arm.Name))
            if (arm.TableOf<Backbone>() is { } backbone && MistakeOf(head, made, arm, backbone) is { } mistake)
                problems.Add(span, mistake);
    }

    string? MistakeOf(HeadDefinition head, IHead made, ArmDefinition arm, BoundTable backbone)
    {
        if (backbone.Entry.Class?.IsAssignableTo(typeof(ILayeredFeatures)) != true)
            return $"head {head.Name} reads the features of layer {made.Layers[0]} of arm {arm.Name}, which lacks "
                + $"{registry.TableOf(typeof(Offers<ILayeredFeatures>))}: take such a backbone, or drop `layer`";
        if (images is null || backbone.Options is not IBackboneOptions options || !IsSound(backbone)) return null;
        var count = options.ShapeFor(images.ImageSize).Layers;
        int[] wrong = [.. made.Layers.Where(layer => layer < 1 || layer > count)];
        return wrong.Length == 0 ? null
            : $"head {head.Name} reads the features of layer {string.Join(", ", wrong)} of arm {arm.Name}, whose "
                + $"[backbone] of kind {backbone.Entry.Name} has the layers 1 to {count}: give a `layer` of these";
    }

    /// <summary>Whether options can tell their layers; the check of the arms reports mistakes of theirs.</summary>
    bool IsSound(BoundTable backbone)
    {
        var found = new Problems();
        OptionsBinder.CheckWhole(backbone.Options, backbone.Values, backbone.Where, found, [images!]);
        return found.Count == 0;
    }
}
