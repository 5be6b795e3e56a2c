using Rils.Contract;
using Rils.Engine.Training;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>Parameters with equal factors are one group; names and order of the groups follow from the factors
/// alone.</summary>
public sealed class WeightsSetupTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void With_no_further_rule_there_are_the_groups_decay_and_no_decay()
    {
        using var weights = Setup(DecayRule.Of);
        Assert.Equal([("decay", 1, 1), ("no_decay", 1, 0)], Facts(weights));
        Assert.Equal(["first.weight", "second.weight"], weights.Groups[0].Starts.Keys);
        Assert.Equal(["first.bias", "second.bias"], weights.Groups[1].Starts.Keys);
    }

    [Fact]
    public void Groups_are_named_and_ordered_by_their_factors()
    {
        using var weights = Setup(DecayRule.Of, HalfInFirst, static (name, _) =>
            new(WeightDecay: name == "second.weight" ? 0.25 : 1));
        Assert.Equal(
            [("decay_0.25", 1, 0.25), ("no_decay", 1, 0), ("decay.lr_0.5", 0.5, 1), ("no_decay.lr_0.5", 0.5, 0)],
            Facts(weights));
    }

    [Fact]
    public void Factors_of_several_rules_are_multiplied()
    {
        using var weights = Setup(HalfInFirst, HalfInFirst, DecayRule.Of);
        Assert.Equal([("decay", 1, 1), ("no_decay", 1, 0), ("decay.lr_0.25", 0.25, 1), ("no_decay.lr_0.25", 0.25, 0)],
            Facts(weights));
    }

    [Fact]
    public void Groups_change_no_value_of_a_parameter()
    {
        using Weights plain = Setup(DecayRule.Of), ruled = Setup(DecayRule.Of, HalfInFirst);
        Assert.Equal(plain.Parameters.Keys, ruled.Parameters.Keys.Order(StringComparer.Ordinal).ToArray()
            .OrderBy(name => plain.Parameters.Keys.ToList().IndexOf(name)));
        foreach (var (name, values) in plain.Parameters)
            Assert.True(values.bytes.SequenceEqual(ruled.Parameters[name].bytes), name);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    public void A_factor_that_is_none_is_refused_by_the_parameters_name(double rate, double decay)
    {
        var message = Assert.Throws<ContractException>(() => Setup(DecayRule.Of, (_, _) => new(rate, decay))).Message;
        Assert.Contains("expected finite factors of at least 0 for first.bias", message);
    }

    static ParameterFactors HalfInFirst(string name, IReadOnlyList<long> shape) =>
        new(name.StartsWith("first.", StringComparison.Ordinal) ? 0.5 : 1);

    static (string, double, double)[] Facts(Weights weights) =>
        [.. weights.Groups.Select(group => (group.Name, group.LearningRate, group.WeightDecay))];

    static Weights Setup(params ParameterRule[] rules)
    {
        manual_seed(1);
        var (parts, given) = (new Append<Trainable>("arm"), new Append<ParameterRule>("arm"));
        parts.Add(new("second.", nn.Linear(3, 5)));
        parts.Add(new("first.", nn.Linear(4, 2)));
        foreach (var rule in rules) given.Add(rule);
        WeightsSetup.Setup(new(parts), new("cpu"), default, default, new(given), out var weights);
        return weights;
    }
}
