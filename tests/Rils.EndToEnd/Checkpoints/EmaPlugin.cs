using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Checkpoints;

/// <summary>A plugin with State of its own, as a third party would write one: an average of the weights.</summary>
sealed class EmaPlugin(bool forgetful) : IPlugin
{
    public void Configure(IRilsBuilder rils)
    {
        rils.Component<EmaOptions>("ema");
        if (forgetful)
            rils.System(Stage.Setup, "ema.setup", SetupForgetful).System(Stage.Update, "ema", UpdateForgetful);
        else rils.System(Stage.Setup, "ema.setup", Setup).System(Stage.Update, "ema", Update);
    }

    static void Setup(in Weights student, in EmaOptions options, out EmaWeights teacher) =>
        teacher = new(student.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone()));

    static void Update(in Backbone student, in Weights weights, in EmaOptions options, ref EmaWeights teacher)
    {
        using var constant = no_grad();
        foreach (var (name, average) in teacher.Tensors)
            average.mul_(options.Decay).add_(weights.Parameters[name] * (1 - options.Decay));
    }

    static void SetupForgetful(in Weights student, in EmaOptions options, out Counter counter) => counter = new();

    static void UpdateForgetful(in Weights student, in EmaOptions options, ref Counter counter) => counter.Steps++;

    public sealed record EmaOptions
    {
        public double Decay { get; init; } = 0.9;
    }

    public sealed record EmaWeights(IReadOnlyDictionary<string, Tensor> Tensors) : ICheckpointed;

    public sealed class Counter
    {
        public int Steps;
    }
}
