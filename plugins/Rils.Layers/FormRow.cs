using TorchSharp;

namespace Rils.Layers;

/// <summary>The forms of the layers for tensors of one type, on one kind of device.</summary>
/// <param name="Device">The kind of device.</param>
/// <param name="Instructions">The least instruction set of a CPU that the row is for;
/// <see cref="InstructionSet.Baseline"/> on other devices.</param>
/// <param name="Type">The tensors' type.</param>
/// <param name="Linear">The form of linear layers and of the patch embedding.</param>
/// <param name="LinearFrom">The fewest multiplications in a layer's forward pass (rows · inputs · outputs) for which a
/// linear layer takes the form <paramref name="Linear"/>; below it a layer is a product.</param>
/// <param name="Attention">The form of attention.</param>
public sealed record FormRow(
    DeviceType Device, InstructionSet Instructions, torch.ScalarType Type,
    LinearForm Linear, long LinearFrom, AttentionForm Attention)
{
    /// <summary>With so few numbers in its input, libtorch computes a convolution itself, slowly, instead of calling
    /// oneDNN.</summary>
    const int Small = 20_480;

    /// <summary>The form of a linear layer.</summary>
    /// <param name="numbers">Numbers in the layer's input: rows · inputs.</param>
    /// <param name="outputs">Outputs for each row.</param>
    public LinearForm LinearOf(long numbers, long outputs) =>
        numbers > Small && numbers * outputs >= LinearFrom ? Linear : LinearForm.Product;
}
