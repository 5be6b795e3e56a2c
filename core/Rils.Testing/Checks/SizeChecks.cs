using Rils.Contract;
using Rils.Testing.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>Checks of backbones that take images of other sizes (<see cref="IOtherSizes"/>).</summary>
static class SizeChecks
{
    public static IEnumerable<Fault> TakesOtherSizes(Backbone backbone, ExperimentContext experiment)
    {
        if (backbone is not IOtherSizes sizes) yield break;
        var own = experiment.ImageSize;
        if (sizes.SizeMistake(own) is { } mistake)
            yield return new($"SizeMistake({own}) says \"{mistake}\", and {own} pixels are the experiment's own size",
                "return null for this size");
        if (sizes.FlopsFor(own) != backbone.Flops)
            yield return new($"FlopsFor({own}) is {sizes.FlopsFor(own)}, and Flops is {backbone.Flops}",
                "let both count the same pass");
        backbone.Initialize(RandomStream.Root(3));
        using var constant = no_grad();
        foreach (var size in (int[])[own / 2, 2 * own])
        {
            if (size < 1 || sizes.SizeMistake(size) is not null) continue;
            var shape = backbone.Features(TinyBatch.Images(size: size)).shape;
            if (!shape.SequenceEqual([TinyBatch.Samples, backbone.Shape.Width]))
                yield return new($"Features of images of {size} pixels returns {Held.Show(shape)}, and the contract "
                    + $"tells [{TinyBatch.Samples}, {backbone.Shape.Width}]",
                    "return this shape, or let SizeMistake refuse the size");
        }
    }
}
