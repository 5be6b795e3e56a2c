using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>Multinomial logistic regression: the mean cross-entropy plus <c>strength / 2</c> times the sum of the squared weights; biases are free.</summary>
/// <remarks>L-BFGS on all samples at once, in double precision, from zeros: the same bytes whoever asks. The features' mean is taken off first: since
/// the biases are free that moves no prediction of the optimum, and the search is much shorter. Parameters are one row per class, the bias last.</remarks>
sealed class LogisticRegression : IDisposable
{
    // Of the largest entry, of the mean loss's gradient.
    const double GradientTolerance = 1e-6;
    const double ParameterTolerance = 1e-12;
    const int Memory = 20;
    // CLIP's.
    const int MaximumIterations = 1000;
    // Logits held at once: 32 MiB in double precision.
    const long LogitsAtOnce = 4L << 20;

    readonly Tensor mean, inputs, targets;
    readonly int classes;
    readonly double strength;

    /// <param name="features">fp64 <c>[samples, width]</c>.</param>
    /// <param name="own">The place of each sample's class.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="strength">Of the penalty, above 0.</param>
    public LogisticRegression(Tensor features, int[] own, int classes, double strength)
    {
        (this.classes, this.strength) = (classes, strength);
        using var scope = NewDisposeScope();
        mean = features.mean([0L]).DetachFromDisposeScope();
        inputs = Inputs(features).DetachFromDisposeScope();
        targets = tensor(own.Select(place => (long)place).ToArray(), device: features.device).unsqueeze(1).DetachFromDisposeScope();
    }

    long Width => inputs.shape[1] - 1;

    /// <summary>The parameters of the optimum, <c>classes x (width + 1)</c>.</summary>
    public double[] Fit()
    {
        double[] best = new double[classes * (Width + 1)];
        var lowest = double.PositiveInfinity;
        var objective = ObjectiveFunction.Gradient(point =>
        {
            var (value, gradient) = At(point.AsArray());
            if (value < lowest) (lowest, best) = (value, point.ToArray());
            return (value, Vector<double>.Build.Dense(gradient));
        });
        try
        {
            new LimitedMemoryBfgsMinimizer(GradientTolerance, ParameterTolerance, 0, Memory, MaximumIterations)
                .FindMinimum(objective, Vector<double>.Build.Dense(best.Length));
        }
        catch (OptimizationException)
        {
            // The line search finds nothing lower: rounding decides here, and the lowest point seen is the optimum.
        }
        return best;
    }

    /// <summary>The objective and its gradient.</summary>
    public (double Value, double[] Gradient) At(double[] parameters)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(parameters, [classes, Width + 1], device: inputs.device);
        var penalised = weights.narrow(1, 0, Width);
        var (samples, block) = (inputs.shape[0], Math.Max(1, LogitsAtOnce / classes));
        var (loss, gradient) = (penalised.square().sum() * (strength / 2), zeros_like(weights));
        gradient.narrow(1, 0, Width).add_(penalised, alpha: strength);
        for (var at = 0L; at < samples; at += block)
        {
            using var part = NewDisposeScope();
            var (rows, own) = (inputs.narrow(0, at, Math.Min(block, samples - at)), targets.narrow(0, at, Math.Min(block, samples - at)));
            var logProbabilities = nn.functional.log_softmax(rows.matmul(weights.t()), 1);
            var residual = logProbabilities.exp().scatter_add_(1, own, -ones_like(own, ScalarType.Float64));
            loss.sub_(logProbabilities.gather(1, own).sum() / samples);
            gradient.add_(residual.t().matmul(rows), alpha: 1.0 / samples);
        }
        // Device synchronisation: a number and the gradient, once per evaluation of the objective.
        return (loss.ToDouble(), Host(gradient));
    }

    /// <summary>The logits of samples under some parameters, sample by sample.</summary>
    public double[] Scores(double[] parameters, Tensor features)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(parameters, [classes, Width + 1], device: inputs.device);
        // Device synchronisation: once per fit.
        return Host(Inputs(features).matmul(weights.t()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mean.Dispose();
        inputs.Dispose();
        targets.Dispose();
    }

    Tensor Inputs(Tensor features) => cat([features - mean, features.new_ones(features.shape[0], 1)], 1);

    static double[] Host(Tensor values) => MemoryMarshal.Cast<byte, double>(values.contiguous().cpu().bytes).ToArray();
}
