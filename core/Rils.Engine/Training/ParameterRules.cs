using System.Globalization;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>All rules for the factors of an arm's parameters.</summary>
sealed class ParameterRules
{
    readonly IReadOnlyList<ParameterRule> rules;
    readonly Func<int, string> makerOf;

    public ParameterRules(Collected<ParameterRule> rules) => (this.rules, makerOf) = (rules, rules.MakerOf);

    public ParameterRules(IReadOnlyList<ParameterRule> rules) => (this.rules, makerOf) = (rules, static _ => "");

    /// <summary>Asks all rules for the factors of a parameter, and multiplies them in the order of the systems'
    /// names.</summary>
    /// <exception cref="ContractException">A rule's factor is negative, NaN or infinite.</exception>
    public ParameterFactors Of(string name, IReadOnlyList<long> shape) => rules.Index()
        .Select(rule => Checked(rule.Item(name, shape), name, rule.Index))
        .Aggregate(static (product, factors) => new(
            product.LearningRate * factors.LearningRate, product.WeightDecay * factors.WeightDecay));

    /// <summary>The name of the group of parameters with these factors: <c>decay</c>, <c>no_decay</c>,
    /// <c>decay_0.5</c>; with another learning rate <c>decay.lr_0.65</c>.</summary>
    public static string NameOf(ParameterFactors factors)
    {
        var decay = factors.WeightDecay switch
        {
            1 => "decay",
            0 => "no_decay",
            var other => $"decay_{Text(other)}",
        };
        return factors.LearningRate == 1 ? decay : $"{decay}.lr_{Text(factors.LearningRate)}";
    }

    ParameterFactors Checked(ParameterFactors factors, string name, int rule) =>
        IsFactor(factors.LearningRate) && IsFactor(factors.WeightDecay) ? factors
            : throw new ContractException(
                $"ParameterRule of {makerOf(rule)}: expected finite factors of at least 0 for {name}, "
                + $"got learning rate {Text(factors.LearningRate)} and weight decay {Text(factors.WeightDecay)}");

    static bool IsFactor(double factor) => double.IsFinite(factor) && factor >= 0;

    static string Text(double factor) => factor.ToString(CultureInfo.InvariantCulture);
}
