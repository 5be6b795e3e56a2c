using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The class of each image of the batch, on the device of the lane. The engine makes it from each sample's
/// <see cref="Label"/> where a system of an arm reads it.</summary>
/// <param name="Numbers">int64 <c>[batch]</c>: the class number, from 0; <see cref="None"/> for a sample without a
/// class. All arms read this tensor: do not change it.</param>
public sealed record ClassNumbers(Tensor Numbers) : IUploaded<ClassNumbers>
{
    /// <summary>The number of a sample without a class, -100: libtorch's <c>cross_entropy</c> passes over
    /// it.</summary>
    public const long None = -100;

    /// <inheritdoc/>
    public ClassNumbers Map(Func<Tensor, Tensor> each) => new(each(Numbers));
}
