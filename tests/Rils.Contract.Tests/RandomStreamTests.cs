using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Abstractions;

public sealed class RandomStreamTests
{
    [Fact]
    public void A_name_and_a_number_lead_to_other_streams_than_each_other()
    {
        var root = RandomStream.Root(0);
        RandomStream[] forks = [root, root.Fork("a"), root.Fork("b"), root.Fork(0), root.Fork(1),
            root.Fork("a").Fork("b"), RandomStream.Root(1)];
        Assert.Equal(forks.Length, forks.Select(fork => fork.Draw().NextUInt32()).Distinct().Count());
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_a_normal_distribution()
    {
        using var parameter = empty(200_000);
        Initialization.Normal(parameter, 0.02, RandomStream.Root(3).Fork("weight"));
        Assert.Equal(0.02, parameter.std().item<float>(), 1e-4);
        Assert.Equal(0, parameter.mean().item<float>(), 2e-4);
    }

    [Fact]
    public void A_permutation_holds_every_number_once()
    {
        var order = RandomStream.Root(5).Fork("order").Draw().Permutation(1000);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
    }
}
