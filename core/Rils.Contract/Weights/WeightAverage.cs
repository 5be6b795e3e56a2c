using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A moving average of all trained weights of an arm: State. An arm that has it is evaluated twice, with its
/// weights and, as <c>ARM (average)</c>, with the average, which the run also saves.</summary>
/// <remarks>A <c>Setup</c> system makes it (<c>out</c>), and a system of <c>Update</c> with <c>After&lt;Weights&gt;</c>
/// moves it (<c>ref</c>). The average costs the memory of the trained weights once more; under
/// <c>precision = "bf16"</c> it is fp32 too.</remarks>
public sealed class WeightAverage : ICheckpointed
{
    readonly MovingAverage moving;

    /// <summary>Makes an average that begins as the weights are.</summary>
    /// <param name="followed">The arm's weights.</param>
    public WeightAverage(Weights followed)
    {
        ArgumentNullException.ThrowIfNull(followed);
        using var constant = no_grad();
        ParameterGroup[] groups = [.. followed.Groups.Select(Copied)];
        var averaged = groups.SelectMany(group => group.Starts.Keys.Select(name => KeyValuePair.Create(
            name, View(group, name, followed.Parameters[name])))).ToDictionary();
        var parameters = followed.Parameters.ToDictionary(parameter => parameter.Key,
            parameter => averaged.GetValueOrDefault(parameter.Key) ?? Kept(parameter.Value.detach()));
        Values = new(groups, parameters,
            followed.Buffers.ToDictionary(buffer => buffer.Key, buffer => Kept(buffer.Value.clone())));
        moving = new(Values, followed, "");
    }

    /// <summary>The averaged weights, fp32, in groups of the same names and layout as the arm's. Parameters that are
    /// not trained are the arm's own; buffers are copies of the arm's.</summary>
    public Weights Values { get; }

    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors => Values.Groups.SelectMany(group => group.Starts.Keys)
        .Select(name => KeyValuePair.Create(name, Values.Parameters[name])).Concat(Values.Buffers).ToDictionary();

    /// <inheritdoc/>
    public long Bytes => Values.Bytes;

    /// <summary>Moves the average to momentum x average + (1 - momentum) x weights, and copies the buffers.</summary>
    /// <param name="momentum">Share of the average that this step keeps, 0..1.</param>
    public void Follow(double momentum) => moving.Follow(momentum);

    /// <summary>Disposes the average; the arm's weights stay.</summary>
    public void Dispose()
    {
        moving.Dispose();
        Values.Dispose();
    }

    static ParameterGroup Copied(ParameterGroup group) => group with
    {
        Values = Kept(group.Values.clone()), Gradient = Kept(zeros(0, ScalarType.Float32, group.Values.device)),
        Bf16 = null,
    };

    static Tensor View(ParameterGroup group, string name, Tensor like) =>
        Kept(group.Values.narrow(0, group.Starts[name], like.numel()).view(like.shape));

    static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();
}
