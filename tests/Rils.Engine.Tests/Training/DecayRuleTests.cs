using Rils.Engine.Training;

namespace Rils.Tests.Engine.Training;

public sealed class DecayRuleTests
{
    [Theory]
    [InlineData("blocks.0.attn.qkv.weight", 2, true)]
    [InlineData("positional_embedding", 2, true)]
    [InlineData("blocks.0.attn.qkv.bias", 1, false)]
    [InlineData("attn.in_proj_bias", 2, false)]
    [InlineData("logit_scale", 0, false)]
    [InlineData("ln_final.weight", 2, false)]
    [InlineData("transformer.resblocks.0.ln_1.weight", 2, false)]
    [InlineData("visual.ln2.weight", 2, false)]
    [InlineData("image_mlp.bn1.weight", 2, false)]
    [InlineData("bn.weight", 3, false)]
    [InlineData("attn.relative_position_bias_table", 2, false)]
    [InlineData("visual.attn.q_bias", 1, false)]
    [InlineData("subnet.weight", 2, true)]
    [InlineData("visual.walnut.weight", 2, true)]
    [InlineData("debiased.weight", 2, true)]
    [InlineData("mlnet.bnb.weight", 2, true)]
    [InlineData("abn1.weight", 2, true)]
    [InlineData("norm1.weight", 1, false)]
    public void Decays_by_the_rule_of_SLIP_and_whole_words_of_the_name(string name, int dimensions, bool decays) =>
        Assert.Equal(decays, DecayRule.Decays(name, dimensions));
}
