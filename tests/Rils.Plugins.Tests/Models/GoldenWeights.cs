using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Golden weights by name. A test takes each exactly once.</summary>
sealed class GoldenWeights(Dictionary<string, Tensor> weights)
{
    readonly HashSet<string> taken = [];

    /// <summary>Copies the file's values into a module's parameters, and compares the module's buffers with the
    /// file's.</summary>
    public void Load(nn.Module module, string prefix)
    {
        using var gradient = no_grad();
        foreach (var (name, parameter) in module.named_parameters()) parameter.copy_(Take(prefix + name, parameter));
        foreach (var (name, buffer) in module.named_buffers())
            GoldenAssert.Close(Take(prefix + name, buffer), buffer, 1e-6, prefix + name);
    }

    /// <summary>Fails if the file holds weights that nobody took.</summary>
    public void AssertAllTaken() => Assert.Empty(weights.Keys.Except(taken));

    Tensor Take(string name, Tensor like)
    {
        Assert.True(weights.TryGetValue(name, out var value), $"the authors' model has no {name}");
        Assert.True(taken.Add(name), $"{name} is wanted twice");
        Assert.Equal(value.shape, like.shape);
        return value;
    }
}
