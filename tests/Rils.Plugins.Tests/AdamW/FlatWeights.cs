using Rils.Contract;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.AdamW;

/// <summary>Two groups of small parameters in flat buffers with zeros between, as the engine lays them out.</summary>
sealed class FlatWeights : IDisposable
{
    const int Aligned = 16;
    static readonly int[] Sizes = [5, 48, 17];
    readonly Dictionary<string, (ParameterGroup Group, int At, int Size)> places = [];

    public Weights Weights { get; }

    public FlatWeights()
    {
        ParameterGroup[] groups = [Group("decay", 1), Group("no_decay", 0)];
        foreach (var group in groups)
            for (var (i, at) = (0, 0); i < Sizes.Length; at += Padded(Sizes[i++]))
                places.Add($"{group.Name}.{i}", (group, at, Sizes[i]));
        Weights = new(groups, places.ToDictionary(place => place.Key,
            place => place.Value.Group.Values.narrow(0, place.Value.At, place.Value.Size).DetachFromDisposeScope()),
                new Dictionary<string, Tensor>());
        foreach (var name in places.Keys) Fill(Parameter(name), RandomStream.Root(0).Fork(name));
    }

    public Tensor Parameter(string name) => Weights.Parameters[name];

    public Tensor GradientOf(string name) => places[name].Group.Gradient.narrow(0, places[name].At, places[name].Size);

    /// <summary>Gradients of very different sizes, the same for the same step.</summary>
    public void DrawGradients(int step)
    {
        using var scope = NewDisposeScope();
        foreach (var name in places.Keys) Fill(GradientOf(name), RandomStream.Root(1).Fork(name).Fork(step));
    }

    public void ClearGradients()
    {
        foreach (var group in Weights.Groups) group.Gradient.zero_();
    }

    /// <summary>The largest magnitude between the parameters.</summary>
    public double Padding(Tensor buffer)
    {
        using var scope = NewDisposeScope();
        var rest = buffer.clone();
        foreach (var (_, (group, at, size)) in places)
            if (group.Name == "decay") rest.narrow(0, at, size).zero_();
        return rest.abs().max().item<float>();
    }

    public void Dispose()
    {
        foreach (var parameter in Weights.Parameters.Values) parameter.Dispose();
        foreach (var group in Weights.Groups)
        {
            group.Values.Dispose();
            group.Gradient.Dispose();
        }
    }

    static int Padded(int size) => (size + Aligned - 1) / Aligned * Aligned;

    static ParameterGroup Group(string name, double decay)
    {
        var size = Sizes.Sum(Padded);
        return new(name, decay, zeros(size).DetachFromDisposeScope(), zeros(size).DetachFromDisposeScope());
    }

    static void Fill(Tensor target, RandomStream random) => Initialization.Normal(target, 0.5, random);
}
