using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Fakes;

/// <summary>Draws random tensors, the same in every run.</summary>
static class Draws
{
    public static Tensor Normal(string name, params long[] shape)
    {
        var values = zeros(shape);
        Initialization.Normal(values, 1, RandomStream.Root(7).Fork(name));
        return values;
    }

    public static Tensor Leaf(string name, params long[] shape) => Normal(name, shape).requires_grad_();
}
