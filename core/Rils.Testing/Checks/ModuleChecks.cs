using Rils.Contract;
using Rils.Engine.Training;
using Rils.Testing.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>Checks of every slot that makes a module: backbone, text encoder, space, decoder.</summary>
static class ModuleChecks
{
    /// <summary>The largest difference, in units of the largest number, that another order of additions in fp32 may
    /// make.</summary>
    const double Rounding = 1e-4;

    public static IEnumerable<Fault> Shapes(ModuleKind kind)
    {
        using var constant = no_grad();
        foreach (var pass in kind.Passes(kind.Drawn()))
        {
            var result = pass.Run(pass.Rows);
            if (!result.shape.SequenceEqual(pass.Shape))
                yield return new($"{pass.Name} returns {Held.Show(result.shape)}, and the contract tells "
                    + Held.Show(pass.Shape), "return this shape, or mend the shape that the module tells");
            if (!result.is_floating_point())
                yield return new($"{pass.Name} returns {result.dtype}", "return floating point");
            else if (!IsFinite(result))
                yield return new($"{pass.Name} returns numbers that are not finite",
                    "look for a division by zero, and for parameters that Initialize does not draw");
        }
    }

    public static IEnumerable<Fault> KeepsInputs(ModuleKind kind)
    {
        foreach (var pass in kind.Passes(kind.Drawn()))
        {
            Tensor[] before = [.. pass.Rows.Select(row => row.clone())];
            pass.Run(pass.Rows);
            if (!before.Zip(pass.Rows).All(pair => pair.First.Equals(pair.Second)))
                yield return new($"{pass.Name} changes its input",
                    "use operations without the trailing underscore: other arms read the same tensor");
        }
    }

    public static IEnumerable<Fault> Disposes(ModuleKind kind)
    {
        using var constant = no_grad();
        foreach (var pass in kind.Passes(kind.Drawn()))
        {
            pass.Run(pass.Rows); // A first pass may make tables that the module keeps.
            if (Live.After(() => pass.Run(pass.Rows)) is var left and > 0)
                yield return new($"{pass.Name} leaves {left} tensors alive when the step's dispose scope ends",
                    "detach no tensor of a pass from its dispose scope, and keep none");
        }
    }

    public static IEnumerable<Fault> Repeats(ModuleKind kind)
    {
        using var constant = no_grad();
        foreach (var pass in kind.Passes(kind.Drawn()))
            if (!pass.Run(pass.Rows).Equals(pass.Run(pass.Rows)))
                yield return new($"{pass.Name} of equal inputs returns other numbers the second time",
                    "draw nothing and change nothing in a pass; a backbone that needs draws is an INoisyBackbone");
    }

    public static IEnumerable<Fault> KeepsSamplesApart(ModuleKind kind)
    {
        using var constant = no_grad();
        var module = kind.Drawn();
        if (new MovingStatistics(module).Moving is not null) module.eval();
        foreach (var pass in kind.Passes(module))
        {
            var whole = pass.Run(pass.Rows);
            foreach (var order in (long[][])[[3, 2, 1, 0], [1], [2, 3, 3]])
            {
                var chosen = tensor(order);
                var part = pass.Run([.. pass.Rows.Select(row => row.index_select(0, chosen))]);
                if (Distance(whole.index_select(0, chosen), part) is var distance && distance <= Rounding) continue;
                yield return new($"{pass.Name} of samples {string.Join(", ", order)} differs by {distance:0.##e+0} "
                    + "from that of the whole batch: a sample's result depends on the samples beside it",
                    "compute each row from its own sample; a class for which that cannot hold is "
                    + "ILooksAcrossSamples");
                break;
            }
        }
    }

    public static IEnumerable<Fault> GivesGradients(ModuleKind kind)
    {
        var module = kind.Drawn();
        var results = kind.Passes(module).Select(pass => pass.Run(pass.Rows))
            .Concat(module is SharedSpace space && Scale(space) is { } scale ? [scale] : [])
            .Where(result => result.requires_grad).ToArray();
        foreach (var result in results) (result * TinyBatch.Normal("direction", result.shape)).sum().backward();
        foreach (var (name, parameter) in module.named_parameters().Where(own => own.parameter.requires_grad))
            if (parameter.grad is not { } gradient)
                yield return new($"no gradient arrives at {name}",
                    "use the parameter in a pass, without detach() or no_grad(), or register none");
            else if (!IsFinite(gradient.is_sparse ? gradient.to_dense() : gradient))
                yield return new($"the gradient of {name} is not finite", "look for a division by zero in the pass");
    }

    static Tensor? Scale(SharedSpace space)
    {
        try
        {
            return space.LogitScale;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    public static IEnumerable<Fault> DrawsFromItsStream(ModuleKind kind)
    {
        Dictionary<string, Tensor> Drawn(int construction)
        {
            manual_seed(construction);
            using var module = kind.Drawn();
            return module.named_parameters().ToDictionary(own => own.name, own => own.parameter.detach().clone());
        }
        var (one, other) = (Drawn(1), Drawn(2));
        foreach (var (name, values) in one)
            if (!IsFinite(values))
                yield return new($"Initialize leaves numbers in {name} that are not finite", "draw or fill all of it");
            else if (!other.TryGetValue(name, out var again) || !values.Equals(again))
                yield return new($"Initialize gives {name} other numbers for the same stream",
                    $"draw it by Initialization from random.Fork(\"{name}\"), or fill it: the constructor's draws "
                    + "must not count");
    }

    public static IEnumerable<Fault> AddsUpInParts(ModuleKind kind)
    {
        var module = kind.Drawn();
        Place(module, rounds: false);
        foreach (var pass in kind.Passes(module))
        {
            var direction = TinyBatch.Normal("direction", pass.Shape);
            (Tensor Result, Tensor[] Gradients) Cut(int parts)
            {
                foreach (var parameter in module.parameters()) parameter.grad?.zero_();
                var result = new BatchParts(parts).Encode(module, pass.Run, pass.Rows);
                if (result.requires_grad) (result * direction).sum().backward();
                return (result.detach().clone(),
                    [.. module.parameters().Select(own => own.grad is { } grad ? grad.clone() : zeros_like(own))]);
            }
            var (one, several) = (Cut(1), Cut(TinyBatch.Samples / 2));
            var distance = one.Gradients.Zip(several.Gradients).Select(pair => Distance(pair.First, pair.Second))
                .Append(Distance(one.Result, several.Result)).Max();
            if (distance > 10 * Rounding)
                yield return new($"{pass.Name} in 2 parts differs by {distance:0.##e+0} from that in one, in its "
                    + "result or its gradients",
                    "compute each row from its own sample: a run has the same bits however a batch is cut");
        }
    }

    public static IEnumerable<Fault> RunsInBf16(ModuleKind kind)
    {
        using var constant = no_grad();
        var module = kind.Drawn();
        var passes = kind.Passes(module);
        Place(module, rounds: true);
        foreach (var pass in passes)
        {
            var result = pass.Run([.. pass.Rows.Select(row => pass.TakesFeatures && row.is_floating_point()
                ? row.to(ScalarType.BFloat16) : row)]);
            if (!result.shape.SequenceEqual(pass.Shape) || !IsFinite(result))
                yield return new($"{pass.Name} with weights in bf16 returns {Held.Show(result.shape)}, or numbers that "
                    + "are not finite", "take the type of the weights for what the pass makes: zeros(..., "
                    + "dtype: weight.dtype)");
        }
    }

    public static IEnumerable<Fault> IgnoresPadding(TextEncoder text, ExperimentContext experiment)
    {
        using var constant = no_grad();
        text.Initialize(RandomStream.Root(3));
        var padded = TinyBatch.Tokens(text.Shape.Context, vocabulary: experiment.VocabularySize);
        var longest = padded.ne(0).sum(1).max().item<long>();
        if (longest == padded.shape[1]) yield break;
        var distance = Distance(text.Encode(padded), text.Encode(padded.narrow(1, 0, longest).contiguous()));
        if (distance > Rounding)
            yield return new($"Encode of captions with more zeros behind them differs by {distance:0.##e+0}",
                "attend to the ids up to the end token, the largest of a row, and to nothing after it");
    }

    /// <summary>Lets the parameters be views of flat buffers, as in training.</summary>
    static void Place(nn.Module module, bool rounds) =>
        WeightsSetup.Place([new("", module)], CPU, rounds, new([DecayRule.Of]));

    static bool IsFinite(Tensor tensor) => tensor.isfinite().all().item<bool>();

    /// <summary>The largest difference, in units of the largest number; infinite for other shapes and for
    /// NaN.</summary>
    static double Distance(Tensor expected, Tensor actual)
    {
        if (!expected.shape.SequenceEqual(actual.shape)) return double.PositiveInfinity;
        if (expected.numel() == 0) return 0;
        var scale = Math.Max(expected.abs().max().to(ScalarType.Float32).item<float>(), 1e-3f);
        var distance = (expected - actual).abs().max().to(ScalarType.Float32).item<float>() / scale;
        return float.IsNaN(distance) ? double.PositiveInfinity : distance;
    }
}
