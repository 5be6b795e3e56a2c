using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>Two linear layers with QuickGELU between them, under CLIP's names.</summary>
sealed class TextMlp : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "c_fc")] readonly Linear input;
    [ComponentName(Name = "c_proj")] readonly Linear output;

    public TextMlp(int width) : base("mlp")
    {
        (input, output) = (nn.Linear(width, 4 * width), nn.Linear(4 * width, width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => output.Apply(Activation.Quickgelu.Of(input.Apply(tokens)));
}
