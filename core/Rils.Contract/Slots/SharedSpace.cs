using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[space]</c>: the space that images and sentences share.</summary>
/// <remarks>The parameters of this module join the arm's <see cref="Weights"/> without a prefix.</remarks>
/// <param name="name">The module's name for TorchSharp; it is in no parameter's name.</param>
public abstract class SharedSpace(string name) : nn.Module(name), IBackedBy<Weights>
{
    /// <summary>Number of dimensions; at least 1.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Projects features of images into the space.</summary>
    /// <param name="features">Floating point, <c>[..., backbone width]</c>.</param>
    /// <returns>Floating point, <c>[..., dimensions]</c>, not normalised.</returns>
    public abstract Tensor ProjectImages(Tensor features);

    /// <summary>Projects features of sentences into the space.</summary>
    /// <param name="features">Floating point, <c>[..., text width]</c>.</param>
    /// <returns>Floating point, <c>[..., dimensions]</c>, not normalised.</returns>
    /// <exception cref="InvalidOperationException">The arm has no text encoder.</exception>
    public abstract Tensor ProjectTexts(Tensor features);

    /// <summary>The logit scale, exponentiated: a finite 0-d fp32 tensor through which gradients flow.</summary>
    /// <exception cref="NotSupportedException">The space has no logit scale.</exception>
    public abstract Tensor LogitScale { get; }

    /// <summary>Draws all parameters, in place, on the CPU, before training: each from
    /// <c>random.Fork(its name)</c>.</summary>
    /// <param name="random">The stream of the slot <c>space</c>; the same for all arms.</param>
    public abstract void Initialize(RandomStream random);
}
