using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Holds tensors to what the contract says of them. Nothing here waits for a device.</summary>
/// <remarks>A maker is a part of a plugin, or words for whoever made the tensor: names are put together only for a
/// message.</remarks>
static class Held
{
    /// <summary>Neither null nor disposed.</summary>
    /// <exception cref="ContractException">It is one of these.</exception>
    public static Tensor Present(Tensor? tensor, string what, object maker)
    {
        if (tensor is null) throw new ContractException($"{what} of {NameOf(maker)}: expected a tensor, got null");
        if (tensor.IsInvalid)
            throw new ContractException($"{what} of {NameOf(maker)}: expected a tensor, got a disposed one; let it leave its dispose scope by MoveToOuterDisposeScope()");
        return tensor;
    }

    /// <summary>Holds a tensor to a shape.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="what">Its name in messages.</param>
    /// <param name="maker">Who made it.</param>
    /// <param name="meaning">The shape in words: <c>[batch, width]</c>.</param>
    /// <param name="shape">The shape in numbers.</param>
    /// <exception cref="ContractException">It has another one, or is null or disposed.</exception>
    public static Tensor Shaped(Tensor? tensor, string what, object maker, string meaning,
        params ReadOnlySpan<long> shape)
    {
        if (!Present(tensor, what, maker).shape.AsSpan().SequenceEqual(shape))
            throw new ContractException(
                $"{what} of {NameOf(maker)}: expected {meaning} = {Show(shape)}, got {Show(tensor!.shape)}");
        return tensor!;
    }

    /// <summary>A row for each sample: what a pass over some of a batch returns.</summary>
    /// <exception cref="ContractException">There are more or fewer, or the tensor is null or disposed.</exception>
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

    /// <summary>A part's type and the assembly that it is from, which is its plugin:
    /// <c>Columns (plugin ColumnMasking)</c>.</summary>
    public static string NameOf(object maker) =>
        maker as string ?? $"{maker.GetType().Name} (plugin {maker.GetType().Assembly.GetName().Name})";
}
