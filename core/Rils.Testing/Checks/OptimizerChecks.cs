using Rils.Contract;
using Rils.Testing.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>Checks of <c>[optimizer]</c>, on two groups of flat weights.</summary>
static class OptimizerChecks
{
    const int Steps = 4, Size = 96, Used = 80;

    const double Rate = 0.01;

    static readonly string[] names = ["decay", "no_decay"];

    public static IEnumerable<Fault> MovesWeights(Func<IOptimizer> make)
    {
        var weights = Start();
        var before = Bytes(weights);
        var optimizer = make();
        var state = optimizer.Start(weights);
        Train(optimizer, weights, state, 0, 1);
        if (Bytes(weights).SequenceEqual(before))
            yield return new("the first step with a gradient moves no weight",
                "add the step to group.Values, in place");
        Train(optimizer, weights, state, 1, Steps);
        if (weights.Groups.Any(group => !group.Values.isfinite().all().item<bool>()))
            yield return new("weights are not finite after four steps", "look for a division by zero");
        if (weights.Groups.Any(group => group.Values.narrow(0, Used, Size - Used).ne(0).any().item<bool>()))
            yield return new("the zeros between parameters do not stay zeros",
                "let a number with gradient 0 and value 0 stay 0");
    }

    public static IEnumerable<Fault> Repeats(Func<IOptimizer> make)
    {
        if (!Bytes(Trained(make, Steps)).SequenceEqual(Bytes(Trained(make, Steps))))
            yield return new("two runs over equal gradients end with other weights",
                "draw nothing, and read neither the time nor anything static");
    }

    public static IEnumerable<Fault> Resumes(Func<IOptimizer> make)
    {
        var whole = Bytes(Trained(make, Steps));
        var weights = Start();
        var first = make();
        var state = first.Start(weights);
        Train(first, weights, state, 0, Steps / 2);
        var second = make();
        var restored = second.Start(weights);
        using (no_grad())
            foreach (var (name, tensor) in restored.Tensors)
                if (state.Tensors.TryGetValue(name, out var saved)) tensor.copy_(saved);
        Train(second, weights, restored, Steps / 2, Steps);
        if (!Bytes(weights).SequenceEqual(whole))
            yield return new("a run that goes on from its checkpoint ends with other weights than one that was not "
                + "stopped", "keep all that steps remember in the tensors of OptimizerState; the optimizer itself "
                + "remembers nothing");
    }

    public static IEnumerable<Fault> Disposes(Func<IOptimizer> make)
    {
        var (weights, optimizer) = (Start(), make());
        OptimizerState? state = null;
        var started = Live.Left(() => state = optimizer.Start(weights));
        if (started > state!.Tensors.Count)
            yield return new($"Start leaves {started} tensors alive, and the state has {state.Tensors.Count}",
                "dispose what lies between, or name it in the state");
        Draw(weights, 0);
        optimizer.Step(weights, state, Rate);
        if (Live.Left(() => optimizer.Step(weights, state, Rate)) is var left and > 0)
            yield return new($"a step leaves {left} tensors alive", "open a NewDisposeScope in Step");
    }

    static Weights Trained(Func<IOptimizer> make, int steps)
    {
        var (weights, optimizer) = (Start(), make());
        Train(optimizer, weights, optimizer.Start(weights), 0, steps);
        return weights;
    }

    static void Train(IOptimizer optimizer, Weights weights, OptimizerState state, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            Draw(weights, step);
            optimizer.Step(weights, state, Rate);
        }
    }

    /// <summary>Two groups, of which the last numbers belong to no parameter.</summary>
    static Weights Start()
    {
        ParameterGroup[] groups = [.. names.Select((name, place) =>
            new ParameterGroup(name, 1 - place, Values(name), zeros(Size)) { LearningRate = 1 - 0.5 * place })];
        return new(groups, groups.ToDictionary(group => group.Name, group => group.Values.narrow(0, 0, Used)),
            new Dictionary<string, Tensor>());
    }

    static void Draw(Weights weights, int step)
    {
        using var scope = NewDisposeScope();
        foreach (var group in weights.Groups) group.Gradient.copy_(Values($"{group.Name} {step}"));
    }

    static Tensor Values(string name) => cat([TinyBatch.Normal(name, Used), zeros(Size - Used)]);

    static byte[] Bytes(Weights weights) => [.. weights.Groups.SelectMany(group => group.Values.bytes.ToArray())];
}
