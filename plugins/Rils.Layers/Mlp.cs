using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Two linear layers with an activation between them, under timm's names <c>fc1</c> and <c>fc2</c>.</summary>
public sealed class Mlp : nn.Module<Tensor, Tensor>
{
    readonly Activation activation;
    readonly Linear fc1, fc2;

    /// <summary>Makes a layer whose parameters still have to be drawn.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="hidden">Width between the two layers.</param>
    /// <param name="activation">The activation between the two layers.</param>
    public Mlp(int width, int hidden, Activation activation = Activation.Gelu) : base("mlp")
    {
        this.activation = activation;
        (fc1, fc2) = (nn.Linear(width, hidden), nn.Linear(hidden, width));
        RegisterComponents();
    }

    /// <summary>Maps each token by itself: <c>[..., width]</c> to the same shape.</summary>
    public override Tensor forward(Tensor input) => fc2.Apply(activation.Of(fc1.Apply(input)));
}
