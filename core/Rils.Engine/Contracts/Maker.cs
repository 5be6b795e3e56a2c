using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Contracts;

/// <summary>Whose a value is: of the part that the engine's system ran, or of a plugin's own system.</summary>
/// <param name="system">The system that made it.</param>
/// <param name="device">The arm's.</param>
readonly struct Maker(PlannedSystem system, string device)
{
    public bool IsEngine => system.Definition.Origin == PluginRegistry.Engine;

    public string Name => ValueContract.MakerOf(system);

    /// <summary>Who is to be named.</summary>
    /// <param name="part">The part whose method an engine's system calls; null for none.</param>
    public object Of(object? part) => IsEngine && part is not null ? part : Name;

    public ContractException Wrong(string what, object? part, string expected, string got) =>
        new($"{what} of {Held.NameOf(Of(part))}: expected {expected}, got {got}");

    /// <summary>Floating and finite, of a shape, on the arm's device.</summary>
    public void Floats(string what, object? part, Tensor? tensor, string meaning, params ReadOnlySpan<long> shape)
    {
        var found = Held.Shaped(tensor, what, Of(part), meaning, shape);
        if (!found.is_floating_point()) throw Wrong(what, part, "floating-point numbers", $"{found.dtype}");
        CheckDevice(what, part, found);
        CheckFinite(what, part, found);
    }

    /// <summary>int64, of a shape, on the arm's device.</summary>
    public Tensor Numbers(string what, object? part, Tensor? tensor, string meaning, params ReadOnlySpan<long> shape)
    {
        var found = Held.Shaped(tensor, what, Of(part), meaning, shape);
        if (found.dtype != ScalarType.Int64) throw Wrong(what, part, "int64", $"{found.dtype}");
        CheckDevice(what, part, found);
        return found;
    }

    /// <summary>A single floating-point number that is finite.</summary>
    public void Number(string what, Tensor? tensor) => Floats(what, null, tensor, "a single number, []");

    /// <summary>Without a gradient.</summary>
    public void Constant(string what, Tensor tensor)
    {
        if (tensor.requires_grad)
            throw Wrong(what, null, "a constant", "a tensor with a gradient: make it under no_grad(), or detach it");
    }

    /// <summary>Sizes of at least 1.</summary>
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

    /// <summary>Waits for the device.</summary>
    void CheckFinite(string what, object? part, Tensor tensor)
    {
        if (tensor.isfinite().all().item<bool>()) return;
        var count = tensor.isfinite().logical_not().sum().item<long>();
        throw Wrong(what, part, "finite numbers", tensor.dim() == 0 ? $"{tensor.to(ScalarType.Float64).item<double>()}"
            : $"{count} of {tensor.numel()} that are not (NaN or infinite)");
    }
}
