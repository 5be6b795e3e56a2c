using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[space]</c>: the space that images and sentences share (Yang et al. 2023, section 3.1).</summary>
/// <remarks>A module: its parameters join the arm's <see cref="Weights"/> without a prefix.</remarks>
public abstract class SharedSpace(string name) : nn.Module(name), IViewOf<Weights>
{
    /// <summary>Number of dimensions.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Multiplies by the image projection: <c>[..., backbone width]</c> to <c>[..., dimensions]</c>; not normalised.</summary>
    public abstract Tensor ProjectImages(Tensor features);

    /// <summary>Multiplies by the text projection: <c>[..., text width]</c> to <c>[..., dimensions]</c>; not normalised.</summary>
    /// <exception cref="InvalidOperationException">The arm has no text encoder.</exception>
    public abstract Tensor ProjectTexts(Tensor features);

    /// <summary>The logit scale, exponentiated: a 0-d fp32 tensor through which gradients flow.</summary>
    public abstract Tensor LogitScale { get; }

    /// <summary>Draws all parameters, each from <c>random.Fork(its name)</c>.</summary>
    public abstract void Initialize(RandomStream random);
}
