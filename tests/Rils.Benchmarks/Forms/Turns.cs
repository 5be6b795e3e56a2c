using static TorchSharp.torch;

namespace Rils.Benchmarks.Forms;

/// <summary>Times the forms of a layer in turns. Counting the processor's time and taking the least of all rounds makes
/// other work on the machine matter little.</summary>
static class Turns
{
    // These bounds measure all layers in two minutes, even where a type is computed in software. A round lasts at least
    // 6 ms, and a layer gets no new round after 600 ms.
    const int Rounds = 12, FewestRounds = 2;
    const double RoundMs = 6, EnoughMs = 600;

    /// <summary>The times of each form.</summary>
    public static Times[] Of(Layer layer)
    {
        using var scope = NewDisposeScope();
        Tensor direction;
        using (no_grad()) direction = randn_like(layer.Forms[0]());
        var least = layer.Forms.Select(_ => new Times(double.MaxValue, double.MaxValue)).ToArray();
        // The first pass of each form makes kernels and memory pages; the second gives the number of passes in a round.
        foreach (var form in layer.Forms) Pass(form, layer.Leaves, direction);
        var passes = layer.Forms.Select(form => Pass(form, layer.Leaves, direction).Both)
            .Select(pass => (int)Math.Clamp(RoundMs / pass, 1, 200)).ToArray();
        var begun = Now;
        for (var round = 0; round < FewestRounds || (round < Rounds && Now - begun < EnoughMs); round++)
            for (var form = 0; form < least.Length; form++)
                least[form] = Times.Least(least[form], Mean(layer.Forms[form], layer.Leaves, direction, passes[form]));
        return least;
    }

    static Times Mean(Func<Tensor> form, Tensor[] leaves, Tensor direction, int passes)
    {
        var (forward, backward) = (0.0, 0.0);
        for (var i = 0; i < passes; i++)
        {
            var times = Pass(form, leaves, direction);
            (forward, backward) = (forward + times.Forward, backward + times.Backward);
        }
        return new(forward / passes, backward / passes);
    }

    static Times Pass(Func<Tensor> form, Tensor[] leaves, Tensor direction)
    {
        using var scope = NewDisposeScope();
        var begun = Now;
        var output = form();
        var between = Now;
        autograd.grad([output], leaves, [direction]);
        return new(between - begun, Now - between);
    }

    static double Now => Environment.CpuUsage.TotalTime.TotalMilliseconds;
}
