using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Native;
using static TorchSharp.torch;

namespace Rils.Engine.Guards;

/// <summary>Values with the version of each tensor that they hold, to find changes in place and disposals.</summary>
/// <param name="closely">Whether to compare too whether tensors require gradients, which doubles the time of
/// all.</param>
sealed class TensorStock(Func<bool> closely) : IStock
{
    // HasGradient is null where gradients are not compared.
    readonly record struct Entry(object Place, object Value, Tensor Tensor, long Version, bool? HasGradient);

    readonly List<Entry> entries = [];
    readonly List<Tensor> found = [];

    public void Put(object place, object? value)
    {
        entries.RemoveAll(entry => entry.Place == place);
        if (value is null) return;
        var (isModule, looksAtGradients) = (value is nn.Module, closely());
        foreach (var tensor in TensorsOf(value)) // a module's were asked once whether they have a version
            if (isModule ? !tensor.IsInvalid : VersionCounter.Has(tensor))
                entries.Add(new(place, value, tensor, VersionCounter.Of(tensor),
                    looksAtGradients ? tensor.requires_grad : null));
    }

    public void Clear() => entries.Clear();

    public string? Change(IReadOnlyList<object> allowed)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (ChangeOf(entries[i]) is not { } change) continue;
            var tensor = entries[i].Tensor;
            if (!IsOf(allowed, tensor)) return change;
            if (tensor.IsInvalid) entries.RemoveAt(i);
            else entries[i] = entries[i] with { Version = VersionCounter.Of(tensor),
                HasGradient = entries[i].HasGradient is null ? null : tensor.requires_grad };
        }
        return null;
    }

    /// <summary>Compares the tensors that a value has gained since it was put in: an operation made them, and nothing
    /// may have changed them since.</summary>
    public string? ChangeOfNew(object value)
    {
        foreach (var tensor in TensorsOf(value).Where(tensor => (tensor.IsInvalid || VersionCounter.Has(tensor))
            && !entries.Exists(entry => ReferenceEquals(entry.Tensor, tensor))))
            if (ChangeOf(new(value, value, tensor, 0, !tensor.IsInvalid && tensor.requires_grad)) is { } change)
                return change;
        return null;
    }

    static string? ChangeOf(Entry entry)
    {
        if (entry.Tensor.IsInvalid)
            return $"disposes of {Title(entry)}, which others read: dispose only of what you made";
        if (VersionCounter.Of(entry.Tensor) != entry.Version)
            return $"changes {Title(entry)} in place, though it only reads that: work on a copy, as clone() makes one";
        return entry.HasGradient is not { } wanted || entry.Tensor.requires_grad == wanted
            ? null : $"switches the gradient of {Title(entry)}, though it only reads that: work on detach()";
    }

    /// <summary>Whether a tensor belongs to a value, or shares its version counter with a tensor of one.</summary>
    bool IsOf(IReadOnlyList<object> values, Tensor tensor) =>
        values.SelectMany(value =>
            (Tensor[])[.. TensorsOf(value), .. value is Weights weights ? HeldTensors.OfGradients(weights) : []])
            .Any(own => ReferenceEquals(own, tensor)
                || (VersionCounter.Has(own) && !tensor.IsInvalid && VersionCounter.AreOne(own, tensor)));

    List<Tensor> TensorsOf(object value)
    {
        found.Clear();
        HeldTensors.Add(value, found);
        return found;
    }

    static string Title(Entry entry)
    {
        if (entry.Value is nn.Module module)
        {
            var name = module.named_parameters()
                .FirstOrDefault(parameter => ReferenceEquals(parameter.parameter, entry.Tensor)).name;
            return $"{name ?? "a tensor"} of {module.GetType().Name}";
        }
        var shape = entry.Tensor.IsInvalid
            ? "" : $" ({entry.Tensor.dtype} [{string.Join(", ", entry.Tensor.shape)}])";
        return $"{Name(entry.Value.GetType())}{shape}";
    }

    static string Name(Type type) => type.IsGenericType ? type.GetGenericArguments()[^1].Name : type.Name;
}
