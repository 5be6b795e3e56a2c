using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>Multinomial logistic regression: minimises the mean cross-entropy plus half the strength times the sum of
/// the squared weights, biases excepted.</summary>
/// <remarks>L-BFGS takes all samples at once, in double precision, so the same data give the same bytes. The features'
/// mean is subtracted first: because no penalty holds the biases, that changes no prediction of the optimum and makes
/// the search much shorter. Parameters are one row per class, with the bias last.</remarks>
sealed class LogisticRegression : IDisposable
{
    // The largest entry of the mean loss's gradient at which the search stops.
    const double GradientTolerance = 1e-6;
    const double ParameterTolerance = 1e-12;
    const int Memory = 20;
    // As in CLIP's protocol.
    const int MaximumIterations = 1000;
    // Logits held at a time: 32 MiB in double precision.
    const long LogitsAtOnce = 4L << 20;

    readonly Tensor mean, inputs, targets;
    readonly int classes;
    readonly long logitsAtOnce;

    /// <summary>Prepares the search, without starting it.</summary>
    /// <param name="features">fp64 <c>[samples, width]</c>.</param>
    /// <param name="own">The place of each sample's class.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="logitsAtOnce">The most logits held at a time, which bounds the memory.</param>
    public LogisticRegression(Tensor features, int[] own, int classes, long logitsAtOnce = LogitsAtOnce)
    {
        (this.classes, this.logitsAtOnce) = (classes, logitsAtOnce);
        using var scope = NewDisposeScope();
        mean = features.mean([0L]).DetachFromDisposeScope();
        inputs = Inputs(features).DetachFromDisposeScope();
        var places = tensor(own.Select(place => (long)place).ToArray(), device: features.device);
        targets = places.unsqueeze(1).DetachFromDisposeScope();
    }

    long Width => inputs.shape[1] - 1;

    /// <summary>Finds the parameters of the optimum, <c>classes x (width + 1)</c>.</summary>
    /// <param name="strength">The strength of the penalty, above 0.</param>
    /// <param name="start">The parameters at which the search begins; null stands for zeros.</param>
    public double[] Fit(double strength, double[]? start = null)
    {
        var best = start ?? new double[classes * (Width + 1)];
        var lowest = double.PositiveInfinity;
        var objective = ObjectiveFunction.Gradient(point =>
        {
            var (value, gradient) = At(point.AsArray(), strength);
            if (value < lowest) (lowest, best) = (value, point.ToArray());
            return (value, Vector<double>.Build.Dense(gradient));
        });
        try
        {
            new LimitedMemoryBfgsMinimizer(GradientTolerance, ParameterTolerance, 0, Memory, MaximumIterations)
                .FindMinimum(objective, Vector<double>.Build.DenseOfArray(best));
        }
        catch (OptimizationException)
        {
            // The line search found nothing lower, because rounding decides there: the lowest point seen is the
            // optimum.
        }
        return best;
    }

    /// <summary>The objective and its gradient at <paramref name="parameters"/>.</summary>
    // The host adds numbers up in arrays. TorchSharp makes a Scalar of every number that an operation takes (a plain
    // sum's too), and the collector, which the search keeps busy, may free the Scalar before native code has read it.
    public (double Value, double[] Gradient) At(double[] parameters, double strength)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(parameters, [classes, Width + 1], device: inputs.device);
        var (samples, block) = (inputs.shape[0], Math.Max(1, logitsAtOnce / classes));
        var (value, gradient) = (0.0, new double[parameters.Length]);
        for (var at = 0L; at < samples; at += block)
        {
            var size = Math.Min(block, samples - at);
            var (loss, part) = Block(weights, inputs.narrow(0, at, size), targets.narrow(0, at, size));
            value += loss / samples;
            for (var i = 0; i < part.Length; i++) gradient[i] += part[i] / samples;
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i % (Width + 1) == Width) continue; // a bias
            value += strength / 2 * parameters[i] * parameters[i];
            gradient[i] += strength * parameters[i];
        }
        return (value, gradient);
    }

    /// <summary>The sum of the samples' cross-entropies, and its gradient.</summary>
    static (double Loss, double[] Gradient) Block(Tensor weights, Tensor rows, Tensor own)
    {
        using var scope = NewDisposeScope();
        var logProbabilities = nn.functional.log_softmax(rows.matmul(weights.t()), 1);
        var residual = logProbabilities.exp().scatter_add_(1, own, -ones_like(own, ScalarType.Float64));
        // Device synchronisation: the loss and the gradient, once for each block and evaluation of the objective.
        return (-Host(logProbabilities.gather(1, own).sum())[0], Host(residual.t().matmul(rows)));
    }

    /// <summary>The logits of samples for given parameters, sample by sample.</summary>
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
