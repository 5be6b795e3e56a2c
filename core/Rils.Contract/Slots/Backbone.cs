using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[backbone]</c>: encodes an image into one feature.</summary>
/// <remarks>A class that can do more says so by the interfaces that it implements: <see cref="ITokenBackbone"/>,
/// <see cref="IMaskedBackbone"/>, <see cref="IFeatureMaps"/>, <see cref="ILayeredFeatures"/>,
/// <see cref="IAttentionMaps"/>. A system names what it needs, and runs only in arms whose backbone has it. The
/// parameters of this module join the arm's <see cref="Weights"/> under the prefix <c>visual.</c>. Several threads may
/// run a pass at once, each with other samples, so a pass must change nothing in the module, and a sample's result must
/// not depend on the samples beside it; a class for which that does not hold is <see cref="ILooksAcrossSamples"/>. A
/// module with batch norm or dropout gets whole batches; its running statistics are buffers, which passes in training
/// change, and passes in evaluation do not.</remarks>
/// <param name="name">The module's name for TorchSharp; it is in no parameter's name.</param>
public abstract class Backbone(string name) : nn.Module(name), IBackedBy<Weights>
{
    /// <summary>The width of an image's feature; the same for the module's whole life.</summary>
    public abstract BackboneShape Shape { get; }

    /// <summary>Encodes whole images, each into the one feature that stands for it.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <returns>Floating point, <c>[batch, width]</c>, before the shared space's image projection.</returns>
    public abstract Tensor Features(Tensor images);

    /// <summary>Draws all parameters, in place, on the CPU, before training. Draw each from
    /// <c>random.Fork(its name)</c>, so that a change of one part changes the draws of no other.</summary>
    /// <param name="random">The stream of the slot <c>backbone</c>; the same for all arms.</param>
    public abstract void Initialize(RandomStream random);

    /// <summary>The floating-point operations of one whole image's forward pass; a multiply-add counts as
    /// two.</summary>
    public abstract long Flops { get; }
}
