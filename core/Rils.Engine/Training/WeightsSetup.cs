using Rils.Abstractions;
using Rils.Ecs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Moves the modules' parameters into flat buffers, one per decay group; the modules keep views.</summary>
static class WeightsSetup
{
    /// <summary>Floats on 64 bytes: where a parameter starts decides which kernels run, and so its bits.</summary>
    const long Alignment = 16;

    public static void Setup(in Collected<Trainable> parts, in DeviceName device, out Weights weights)
    {
        var target = torch.device(device.Value);
        foreach (var part in parts) part.Module.to(target);
        var parameters = Named(parts, module => module.named_parameters());
        var buffers = Named(parts, module => module.named_buffers());
        Dictionary<string, Tensor> views = [];
        weights = new(
            [Flatten("decay", 1, parameters.Where(p => Decays(p.Key, p.Value)), target, views), Flatten("no_decay", 0, parameters.Where(p => !Decays(p.Key, p.Value)), target, views)],
            views, buffers);
    }

    /// <summary>The rule of SLIP's trainer: vectors, scalars, biases and norms are not decayed; nor is what a module has frozen, or it would shrink unseen.</summary>
    public static bool Decays(string name, Tensor parameter) =>
        parameter.requires_grad && parameter.dim() >= 2 && !name.Contains("bias") && !name.Contains("ln") && !name.Contains("bn");

    /// <summary>By full name in ordinal order, so that the layout does not depend on who registered first.</summary>
    static SortedDictionary<string, T> Named<T>(IReadOnlyList<Trainable> parts, Func<nn.Module, IEnumerable<(string name, T value)>> list)
    {
        SortedDictionary<string, T> all = new(StringComparer.Ordinal);
        foreach (var part in parts)
            foreach (var (name, value) in list(part.Module))
                if (!all.TryAdd(part.Prefix + name, value))
                    throw new InvalidOperationException($"two modules of one arm have a tensor named {part.Prefix + name}: give one a prefix of its own");
        return all;
    }

    static ParameterGroup Flatten(string name, double decay, IEnumerable<KeyValuePair<string, Parameter>> parameters, Device device, Dictionary<string, Tensor> views)
    {
        var list = parameters.ToArray();
        var size = list.Sum(p => Aligned(p.Value.numel()));
        var values = zeros(size, ScalarType.Float32, device);
        var gradient = zeros(size, ScalarType.Float32, device);
        using var frozen = no_grad();
        using var scope = NewDisposeScope(); // of the views: parameters hold theirs natively
        long at = 0;
        foreach (var (parameterName, parameter) in list)
        {
            var (count, shape) = (parameter.numel(), parameter.shape);
            var view = values.narrow(0, at, count).view(shape);
            view.copy_(parameter);
            parameter.set_(view);
            parameter.grad = gradient.narrow(0, at, count).view(shape);
            views[parameterName] = parameter;
            at += Aligned(count);
        }
        return new(name, decay, values, gradient);
    }

    static long Aligned(long count) => (count + Alignment - 1) / Alignment * Alignment;
}
