using Rils.Contract;
using Rils.Engine.Native;
using Rils.Engine.Pretrained;
using Rils.Scheduling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Moves the modules' parameters into flat buffers, one for each pair of factors; the modules keep views of
/// them.</summary>
static class WeightsSetup
{
    /// <summary>Each parameter starts at a multiple of this count of numbers in its flat buffer: 64 bytes in bf16, 128
    /// in fp32. The address at which a parameter starts decides which kernels run, and so the bits of the
    /// results.</summary>
    const long Alignment = 32;

    /// <remarks>Reading <c>TakenWeights</c>, the report of <c>weights.init</c>, makes <c>weights.init</c> run before
    /// this system: <c>weights.init</c> writes into the modules.</remarks>
    public static void Setup(in Collected<Trainable> parts, in DeviceName device, in Maybe<MixedPrecision> mixed,
        in Maybe<TakenWeights> _, in Collected<ParameterRule> rules, out Weights weights)
    {
        var target = torch.device(device.Value);
        TensorFloat.Choose(target.type, mixed.IsPresent);
        weights = Place(parts, target, mixed.IsPresent, new(rules));
    }

    /// <summary>Makes the function that moves the parameters of a module that is not trained into flat buffers without
    /// gradients.</summary>
    public static void Untrained(in DeviceName device, in Maybe<MixedPrecision> mixed, out HoldUntrained hold,
        out HeldModules held)
    {
        var (target, rounds, all) = (torch.device(device.Value), mixed.IsPresent, new HeldModules());
        held = all;
        var rules = new ParameterRules([DecayRule.Of]);
        hold = module =>
        {
            var placed = Place([new("", module)], target, rounds, rules);
            all.Add(module);
            ModuleContract.CheckRegistered([new("", module)]);
            foreach (var parameter in module.parameters()) (parameter.grad, parameter.requires_grad) = (null, false);
            foreach (var values in placed.Parameters.Values) values.grad = null;
            foreach (var group in placed.Groups) group.Gradient.Dispose();
            var groups = placed.Groups.Select(group =>
                group with { Gradient = zeros(0, ScalarType.Float32, target) });
            return placed with { Groups = [.. groups] };
        };
    }

    internal static Weights Place(IReadOnlyList<Trainable> parts, Device target, bool rounds, ParameterRules rules)
    {
        foreach (var part in parts) part.Module.to(target);
        var parameters = Named(parts, module => module.named_parameters());
        var buffers = Named(parts, module => module.named_buffers());
        var rounded = rounds ? parts.SelectMany(part => Rounded(part.Module, target)) : [];
        // Compared by reference, since a tensor's own equality compares numbers.
        var inBf16 = new HashSet<Parameter>(rounded, ReferenceEqualityComparer.Instance);
        Dictionary<string, Tensor> views = [];
        ParameterGroup Group(string name, ParameterFactors factors, IEnumerable<KeyValuePair<string, Parameter>> own) =>
            Flatten(name, factors, [.. own], target, inBf16, views);
        KeyValuePair<string, Parameter>[] frozen = [.. parameters.Where(p => !p.Value.requires_grad)];
        var weights = new Weights(
            [
                .. parameters.Where(p => p.Value.requires_grad).GroupBy(p => rules.Of(p.Key, p.Value.shape))
                    .OrderByDescending(group => group.Key.LearningRate)
                    .ThenByDescending(group => group.Key.WeightDecay)
                    .Select(group => Group(ParameterRules.NameOf(group.Key), group.Key, group)),
            ],
            views, buffers)
        {
            Parts = [.. parts],
            Frozen = frozen.Length == 0 ? null : Group("frozen", new(LearningRate: 0, WeightDecay: 0), frozen),
        };
        weights.CastToBf16();
        weights.RoundFrozen();
        return weights;
    }

    /// <summary>Copies the fp32 weights to bf16 after the last change of a step, so that systems which read the modules
    /// later in the step compute with the new weights.</summary>
    public static void CastToBf16(ref Weights weights) => weights.CastToBf16();

    /// <summary>The parameters with which a module computes in bf16. Three sorts stay in fp32: scalars, since bf16
    /// rounds a logit scale by 1.5%; the embedding of tokens, whose gradient is a sum over the batch; and norms, except
    /// on CUDA, where libtorch wants a norm in the type of its input.</summary>
    static IEnumerable<Parameter> Rounded(nn.Module module, Device device) =>
        from part in module.modules().Prepend(module)
        where part is not Embedding && (device.type == DeviceType.CUDA || !IsNorm(part))
        from parameter in part.named_parameters(false)
        where parameter.parameter.dim() > 0
        select parameter.parameter;

    static bool IsNorm(nn.Module module) => module is LayerNorm or GroupNorm or BatchNorm;

    /// <summary>Lists the tensors of all parts by full name, in ordinal order, so that the layout of the flat buffers
    /// does not depend on the order of registration.</summary>
    static SortedDictionary<string, T> Named<T>(
        IReadOnlyList<Trainable> parts, Func<nn.Module, IEnumerable<(string name, T value)>> list)
    {
        SortedDictionary<string, T> all = new(StringComparer.Ordinal);
        foreach (var part in parts)
            foreach (var (name, value) in list(part.Module))
                if (!all.TryAdd(part.Prefix + name, value))
                    throw new InvalidOperationException("two modules of one arm have a tensor named "
                        + $"{part.Prefix + name}: give one a prefix of its own");
        return all;
    }

    static ParameterGroup Flatten(
        string name, ParameterFactors factors, KeyValuePair<string, Parameter>[] parameters, Device device,
        HashSet<Parameter> rounded, Dictionary<string, Tensor> views)
    {
        var size = parameters.Sum(p => Aligned(p.Value.numel()));
        var trained = parameters[0].Value.requires_grad ? size : 0;
        var group = new ParameterGroup(
            name, factors.WeightDecay, zeros(size, ScalarType.Float32, device),
            zeros(trained, ScalarType.Float32, device),
            rounded.Count > 0 ? zeros(size, ScalarType.BFloat16, device) : null)
        {
            LearningRate = factors.LearningRate,
        };
        using var frozen = no_grad();
        // The scope disposes views alone: parameters hold their data and gradients natively.
        using var scope = NewDisposeScope();
        long at = 0;
        Dictionary<string, long> starts = [];
        foreach (var (parameterName, parameter) in parameters)
        {
            var (count, shape) = (parameter.numel(), parameter.shape);
            Tensor View(Tensor buffer) => buffer.narrow(0, at, count).view(shape);
            var values = View(group.Values);
            values.copy_(parameter);
            ParameterData.Set(parameter, rounded.Contains(parameter) ? View(group.Bf16!) : values);
            if (trained > 0) values.grad = parameter.grad = View(group.Gradient);
            views[parameterName] = values.DetachFromDisposeScope();
            starts[parameterName] = at;
            at += Aligned(count);
        }
        return group with { Starts = starts };
    }

    static long Aligned(long count) => (count + Alignment - 1) / Alignment * Alignment;
}
