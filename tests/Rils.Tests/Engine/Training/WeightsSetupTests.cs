using Rils.Engine.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

public sealed class WeightsSetupTests
{
    [Theory]
    [InlineData("blocks.0.attn.qkv.weight", 2, true)]
    [InlineData("positional_embedding", 2, true)]
    [InlineData("blocks.0.attn.qkv.bias", 1, false)]
    [InlineData("attn.in_proj_bias", 2, false)]
    [InlineData("logit_scale", 0, false)]
    [InlineData("ln_final.weight", 2, false)]
    public void Decays_by_the_rule_of_SLIP(string name, int dimensions, bool decays)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(decays, WeightsSetup.Decays(name, new Parameter(zeros([.. Enumerable.Repeat(2L, dimensions)]))));
    }
}
