using System.Text.RegularExpressions;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>The rule of SLIP's trainer for weight decay, which holds for every arm: vectors, scalars, biases and norms
/// are not decayed.</summary>
static partial class DecayRule
{
    /// <summary>Gives an arm the rule.</summary>
    public static void Append(in ArmName _, Append<ParameterRule> rules) => rules.Add(Of);

    /// <summary>The factors by the rule.</summary>
    public static ParameterFactors Of(string name, IReadOnlyList<long> shape) =>
        new(WeightDecay: Decays(name, shape.Count) ? 1 : 0);

    /// <summary>Whether weight decay applies to a parameter. The rule knows biases and norms by the words <c>bias</c>,
    /// <c>ln</c> and <c>bn</c> in the name, between dots, underscores and numbers: in <c>ln_final</c>, <c>bn1</c> and
    /// <c>in_proj_bias</c>, but not in <c>subnet</c>.</summary>
    public static bool Decays(string name, int dimensions) => dimensions >= 2 && !Undecayed().IsMatch(name);

    [GeneratedRegex(@"(?<![^._])(bias|ln|bn)\d*(?![^._])")]
    private static partial Regex Undecayed();
}
