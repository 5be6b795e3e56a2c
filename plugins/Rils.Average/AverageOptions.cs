using System.ComponentModel.DataAnnotations;

namespace Rils.Average;

/// <summary>The arm has a moving average of its weights beside them. Every head evaluates both: the average's figures
/// are those of <c>ARM (average)</c>. The training and the arm's own figures are the same as without the table. The run
/// saves the average as <c>average/model.safetensors</c> in the arm's folder.</summary>
public sealed record AverageOptions
{
    /// <summary>How slowly the average follows: after each step it becomes momentum x average + (1 - momentum) x
    /// weights.</summary>
    [Range(0.0, 1.0)]
    public double Momentum { get; init; } = 0.999;

    /// <summary>Whether the average follows faster at first: in step t, from 1, the momentum is at most
    /// (1 + t) / (10 + t).</summary>
    public bool Warmup { get; init; }

    /// <summary>The momentum of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    internal double MomentumOf(long step) => Warmup ? Math.Min(Momentum, (2.0 + step) / (11 + step)) : Momentum;
}
