using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Golden weights by name: each must be taken exactly once.</summary>
sealed class GoldenWeights(Dictionary<string, Tensor> weights)
{
    readonly HashSet<string> taken = [];

    /// <summary>Fills a module's parameters, and holds its buffers against the file's.</summary>
    public void Load(nn.Module module, string prefix)
    {
        using var gradient = no_grad();
        foreach (var (name, parameter) in module.named_parameters()) parameter.copy_(Take(prefix + name, parameter));
        foreach (var (name, buffer) in module.named_buffers())
            GoldenAssert.Close(Take(prefix + name, buffer), buffer, 1e-6, prefix + name);
    }

    /// <summary>Nothing of the file is left.</summary>
    public void AssertAllTaken() => Assert.Empty(weights.Keys.Except(taken));

    Tensor Take(string name, Tensor like)
    {
        Assert.True(weights.TryGetValue(name, out var value), $"the authors' model has no {name}");
        Assert.True(taken.Add(name), $"{name} is wanted twice");
        Assert.Equal(value.shape, like.shape);
        return value;
    }
}
