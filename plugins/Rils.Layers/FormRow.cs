using TorchSharp;

namespace Rils.Layers;

/// <summary>The forms of the layers for tensors of one type, on one kind of device.</summary>
/// <param name="Device">The kind of device.</param>
/// <param name="Instructions">A CPU's instruction set, the least that the row is for;
/// <see cref="InstructionSet.Baseline"/> on other devices.</param>
/// <param name="Type">The tensors' type.</param>
/// <param name="Linear">The form of linear layers and of the patch embedding.</param>
/// <param name="LinearFrom">Multiplications in a layer's forward pass (rows · inputs · outputs) below which a linear
/// layer is a product
/// all the same.</param>
/// <param name="Attention">The form of attention.</param>
public sealed record FormRow(
    DeviceType Device, InstructionSet Instructions, torch.ScalarType Type,
    LinearForm Linear, long LinearFrom, AttentionForm Attention)
{
    /// <summary>Numbers up to which libtorch computes a convolution by itself, slowly, in place of handing it to
    /// oneDNN.</summary>
    const int Small = 20_480;

    /// <summary>The form of a linear layer.</summary>
    /// <param name="numbers">Numbers in its input: rows · inputs.</param>
    /// <param name="outputs">Numbers that the layer makes of each row.</param>
    public LinearForm LinearOf(long numbers, long outputs) =>
        numbers > Small && numbers * outputs >= LinearFrom ? Linear : LinearForm.Product;
}
