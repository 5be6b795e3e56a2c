using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Contracts;

/// <summary>The maker of a value, for messages: the part that the engine's system ran, or a plugin's own
/// system.</summary>
/// <param name="system">The system that made the value.</param>
/// <param name="device">The arm's device.</param>
readonly struct Maker(PlannedSystem system, string device)
{
    public bool IsEngine => system.Definition.Origin == PluginRegistry.Engine;

    public string Name => ValueContract.MakerOf(system);

    /// <summary>The object that a message names.</summary>
    /// <param name="part">The part whose method an engine's system calls; null where it calls none.</param>
    public object Of(object? part) => IsEngine && part is not null ? part : Name;

    public ContractException Wrong(string what, object? part, string expected, string got) =>
        new($"{what} of {Held.NameOf(Of(part))}: expected {expected}, got {got}");

    /// <summary>Checks that a tensor has a shape, floating-point and finite numbers, and lies on the arm's
    /// device.</summary>
    public void Floats(string what, object? part, Tensor? tensor, string meaning, params ReadOnlySpan<long> shape)
    {
        var found = Held.Shaped(tensor, what, Of(part), meaning, shape);
        if (!found.is_floating_point()) throw Wrong(what, part, "floating-point numbers", $"{found.dtype}");
        CheckDevice(what, part, found);
        CheckFinite(what, part, found);
    }

    /// <summary>Checks that a tensor is int64, has a shape, and lies on the arm's device.</summary>
    public Tensor Numbers(string what, object? part, Tensor? tensor, string meaning, params ReadOnlySpan<long> shape)
    {
        var found = Held.Shaped(tensor, what, Of(part), meaning, shape);
        if (found.dtype != ScalarType.Int64) throw Wrong(what, part, "int64", $"{found.dtype}");
        CheckDevice(what, part, found);
        return found;
    }

    /// <summary>Checks that a tensor is a single floating-point number that is finite.</summary>
    public void Number(string what, Tensor? tensor) => Floats(what, null, tensor, "a single number, []");

    /// <summary>Checks that a tensor has no gradient.</summary>
    public void Constant(string what, Tensor tensor)
    {
        if (tensor.requires_grad)
            throw Wrong(what, null, "a constant", "a tensor with a gradient: make it under no_grad(), or detach it");
    }

    /// <summary>Checks that sizes are at least 1.</summary>
    public void Positive(string what, object? part, params ReadOnlySpan<(string Name, int Value)> sizes)
    {
        foreach (var (name, value) in sizes)
            if (value < 1) throw Wrong(what, part, $"{name} of at least 1", $"{value}");
    }

    void CheckDevice(string what, object? part, Tensor tensor)
    {
        if (tensor.device_type != torch.device(device).type)
            throw Wrong(what, part, $"a tensor on {device}", $"one on {tensor.device}");
    }

    /// <summary>Checks that all numbers are finite, and waits for the device.</summary>
    void CheckFinite(string what, object? part, Tensor tensor)
    {
        if (tensor.isfinite().all().item<bool>()) return;
        var count = tensor.isfinite().logical_not().sum().item<long>();
        throw Wrong(what, part, "finite numbers", tensor.dim() == 0 ? $"{tensor.to(ScalarType.Float64).item<double>()}"
            : $"{count} of {tensor.numel()} that are not (NaN or infinite)");
    }
}
