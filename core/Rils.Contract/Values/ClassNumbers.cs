using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The class of each image of the batch, on the device of the lane. The engine makes it from each sample's
/// <see cref="Label"/> where a system of an arm reads it.</summary>
/// <param name="Numbers">int64 <c>[batch]</c>, from 0. All arms read this tensor: do not change it.</param>
public sealed record ClassNumbers(Tensor Numbers) : IUploaded<ClassNumbers>
{
    /// <inheritdoc/>
    public ClassNumbers Map(Func<Tensor, Tensor> each) => new(each(Numbers));
}
