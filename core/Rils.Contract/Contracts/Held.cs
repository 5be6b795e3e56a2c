using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Checks tensors against the contract. No method waits for a device.</summary>
/// <remarks>A maker is the object of a plugin that made the tensor, or words for it: the methods build names only for a
/// message.</remarks>
static class Held
{
    /// <summary>Checks that a tensor is neither null nor disposed.</summary>
    /// <exception cref="ContractException">The tensor is null or disposed.</exception>
    public static Tensor Present(Tensor? tensor, string what, object maker)
    {
        if (tensor is null) throw new ContractException($"{what} of {NameOf(maker)}: expected a tensor, got null");
        if (tensor.IsInvalid)
            throw new ContractException($"{what} of {NameOf(maker)}: expected a tensor, got a disposed one; let it "
                + "leave its dispose scope by MoveToOuterDisposeScope()");
        return tensor;
    }

    /// <summary>Checks the shape of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="what">The tensor's name in messages.</param>
    /// <param name="maker">The maker of the tensor.</param>
    /// <param name="meaning">The shape in words: <c>[batch, width]</c>.</param>
    /// <param name="shape">The shape in numbers.</param>
    /// <exception cref="ContractException">The tensor has another shape, or is null or disposed.</exception>
    public static Tensor Shaped(Tensor? tensor, string what, object maker, string meaning,
        params ReadOnlySpan<long> shape)
    {
        if (!Present(tensor, what, maker).shape.AsSpan().SequenceEqual(shape))
            throw new ContractException(
                $"{what} of {NameOf(maker)}: expected {meaning} = {Show(shape)}, got {Show(tensor!.shape)}");
        return tensor!;
    }

    /// <summary>Checks that a pass over some samples returned a row for each.</summary>
    /// <exception cref="ContractException">There are more or fewer rows, or the tensor is null or disposed.</exception>
    public static Tensor Rows(Tensor? tensor, long rows, object maker)
    {
        Present(tensor, "a pass", maker);
        if (tensor!.dim() == 0 || tensor.size(0) != rows)
            throw new ContractException(
                $"a pass of {NameOf(maker)}: expected a row for each of {rows} samples, got {Show(tensor.shape)}");
        return tensor;
    }

    /// <summary>A shape for messages: <c>[12, 17, 16]</c>.</summary>
    public static string Show(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    /// <summary>The name of a maker for messages: the type of an object and its assembly, which is its plugin
    /// (<c>Columns (plugin ColumnMasking)</c>), or the words themselves.</summary>
    public static string NameOf(object maker) =>
        maker as string ?? $"{maker.GetType().Name} (plugin {maker.GetType().Assembly.GetName().Name})";
}
