using System.Text.RegularExpressions;
using Rils.Contract;
using Rils.Engine.Native;
using Rils.Engine.Pretrained;
using Rils.Scheduling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Moves the modules' parameters into flat buffers, one per decay group; the modules keep views.</summary>
static partial class WeightsSetup
{
    /// <summary>Numbers on 64 bytes, in bf16 too: where a parameter starts decides which kernels run, and so its bits.</summary>
    const long Alignment = 32;

    /// <remarks>The report of <c>weights.init</c> is read so that <c>weights.init</c> runs, and first: it writes into
    /// the modules.</remarks>
    public static void Setup(in Collected<Trainable> parts, in DeviceName device, in Maybe<MixedPrecision> mixed,
        in Maybe<TakenWeights> _, out Weights weights)
    {
        var target = torch.device(device.Value);
        TensorFloat.Choose(target.type, mixed.IsPresent);
        weights = Place(parts, target, mixed.IsPresent);
    }

    /// <summary>The same for modules that are not trained.</summary>
    public static void Untrained(in DeviceName device, in Maybe<MixedPrecision> mixed, out HoldUntrained hold)
    {
        var (target, rounds) = (torch.device(device.Value), mixed.IsPresent);
        hold = module =>
        {
            var placed = Place([new("", module)], target, rounds);
            ModuleContract.CheckRegistered([new("", module)]);
            foreach (var parameter in module.parameters()) (parameter.grad, parameter.requires_grad) = (null, false);
            foreach (var values in placed.Parameters.Values) values.grad = null;
            foreach (var group in placed.Groups) group.Gradient.Dispose();
            return placed with { Groups = [.. placed.Groups.Select(group => group with { Gradient = zeros(0, ScalarType.Float32, target) })] };
        };
    }

    static Weights Place(IReadOnlyList<Trainable> parts, Device target, bool rounds)
    {
        foreach (var part in parts) part.Module.to(target);
        var parameters = Named(parts, module => module.named_parameters());
        var buffers = Named(parts, module => module.named_buffers());
        var rounded = rounds ? parts.SelectMany(part => Rounded(part.Module, target)) : [];
        var inBf16 = new HashSet<Parameter>(rounded, ReferenceEqualityComparer.Instance); // a tensor's own equality compares numbers
        Dictionary<string, Tensor> views = [];
        ParameterGroup[] Group(string name, double decay, Func<KeyValuePair<string, Parameter>, bool> isOf) =>
            parameters.Where(isOf).ToArray() is { Length: > 0 } own ? [Flatten(name, decay, own, target, inBf16, views)] : [];
        var weights = new Weights(
            [.. Group("decay", 1, p => p.Value.requires_grad && Decays(p.Key, p.Value)), .. Group("no_decay", 0, p => p.Value.requires_grad && !Decays(p.Key, p.Value))],
            views, buffers)
        {
            Frozen = Group("frozen", 0, p => !p.Value.requires_grad).SingleOrDefault(),
        };
        weights.Round();
        weights.RoundFrozen();
        return weights;
    }

    /// <summary>Copies the fp32 master to bf16, after the last change of a step, so that whoever reads modules behind it
    /// computes with the new weights.</summary>
    public static void Round(ref Weights weights) => weights.Round();

    /// <summary>The rule of SLIP's trainer: vectors, scalars, biases and norms are not decayed. Names tell by whole
    /// words, with dots, underscores and a number between: <c>ln_final</c>, <c>bn1</c>, <c>in_proj_bias</c>;
    /// <c>subnet</c> is no batch norm.</summary>
    public static bool Decays(string name, Tensor parameter) => parameter.dim() >= 2 && !Undecayed().IsMatch(name);

    [GeneratedRegex(@"(?<![^._])(bias|ln|bn)\d*(?![^._])")]
    private static partial Regex Undecayed();

    /// <summary>What is computed with in bf16. Not scalars: bf16 rounds a logit scale by 1.5%; not the embedding of tokens: its gradient is a sum
    /// over the batch; not norms, but on CUDA, where libtorch wants them in the type of their input.</summary>
    static IEnumerable<Parameter> Rounded(nn.Module module, Device device) =>
        from part in module.modules().Prepend(module)
        where part is not Embedding && (device.type == DeviceType.CUDA || !IsNorm(part))
        from parameter in part.named_parameters(false)
        where parameter.parameter.dim() > 0
        select parameter.parameter;

    static bool IsNorm(nn.Module module) => module is LayerNorm or GroupNorm or BatchNorm;

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

    static ParameterGroup Flatten(
        string name, double decay, KeyValuePair<string, Parameter>[] parameters, Device device, HashSet<Parameter> rounded, Dictionary<string, Tensor> views)
    {
        var size = parameters.Sum(p => Aligned(p.Value.numel()));
        var trained = parameters[0].Value.requires_grad ? size : 0;
        var group = new ParameterGroup(name, decay, zeros(size, ScalarType.Float32, device), zeros(trained, ScalarType.Float32, device),
            rounded.Count > 0 ? zeros(size, ScalarType.BFloat16, device) : null);
        using var frozen = no_grad();
        using var scope = NewDisposeScope(); // of views: parameters hold their data and gradients natively
        long at = 0;
        Dictionary<string, long> starts = [];
        foreach (var (parameterName, parameter) in parameters)
        {
            var (count, shape) = (parameter.numel(), parameter.shape);
            Tensor View(Tensor buffer) => buffer.narrow(0, at, count).view(shape);
            var values = View(group.Values);
            values.copy_(parameter);
            ParameterData.Set(parameter, rounded.Contains(parameter) ? View(group.Rounded!) : values);
            if (trained > 0) values.grad = parameter.grad = View(group.Gradient);
            views[parameterName] = values.DetachFromDisposeScope();
            starts[parameterName] = at;
            at += Aligned(count);
        }
        return group with { Starts = starts };
    }

    static long Aligned(long count) => (count + Alignment - 1) / Alignment * Alignment;
}
