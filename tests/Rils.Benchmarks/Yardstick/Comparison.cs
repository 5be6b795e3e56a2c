using System.Diagnostics;
using Rils.Engine.Bench;
using Rils.Engine.Plugins;
using TorchSharp;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Times the plain loop and ours in turn, step by step, so that what else the machine does falls on all alike.</summary>
static class Comparison
{
    const int Warmup = 3;

    /// <param name="arguments">The number of timed steps; none for 12.</param>
    public static int Run(string[] arguments)
    {
        var steps = arguments is [var count] ? int.Parse(count) : 12;
        var plugins = PluginLoader.Load([.. Directory.GetDirectories(PluginLocations.Default).Order(StringComparer.Ordinal)]);
        using var fp32 = new EngineLoop(plugins, "fp32", Warmup + steps);
        using var bf16 = new EngineLoop(plugins, "bf16", Warmup + steps);
        List<double> plainMs = [], fp32Ms = [], bf16Ms = [];
        PlainLoop? plain = null;
        for (var step = 0; step < Warmup + steps; step++)
        {
            // Ours must have made a step before it is known how long captions are.
            bf16.AtRest(() => fp32Ms.Add(Ms(fp32.Step)));
            fp32.AtRest(() => bf16Ms.Add(Ms(bf16.Step)));
            plain ??= New(fp32);
            fp32.AtRest(() => bf16.AtRest(() => plainMs.Add(Ms(plain.Step))));
            Console.WriteLine($"{(step < Warmup ? "warm-up" : "step"),-8}plain {plainMs[^1],6:0}   ours fp32 {fp32Ms[^1],6:0}   ours bf16 {bf16Ms[^1],6:0} ms");
        }
        Print(plainMs, fp32Ms, bf16Ms);
        return 0;
    }

    static PlainLoop New(EngineLoop ours)
    {
        var plain = new PlainLoop(ours.Context.BatchSize, ours.Context.VocabularySize, ours.Tokens(0));
        if (plain.Parameters != ours.Parameters)
            throw new InvalidOperationException($"the plain loop trains {plain.Parameters} numbers and ours {ours.Parameters}: they are not the same models");
        Console.WriteLine($"{plain.Parameters:N0} parameters, batch {ours.Context.BatchSize}, captions of {ours.Tokens(0)} tokens, {torch.get_num_threads()} threads");
        return plain;
    }

    static void Print(List<double> plain, List<double> fp32, List<double> bf16)
    {
        Console.WriteLine($"medians of {plain.Count - Warmup} steps, and of the ratios of each round");
        Console.WriteLine($"plain fp32 {Timed(plain),6:0} ms");
        Console.WriteLine($"ours fp32  {Timed(fp32),6:0} ms   plain / ours {Median.Of(Ratios(plain, fp32)):0.00}");
        Console.WriteLine($"ours bf16  {Timed(bf16),6:0} ms   plain / ours {Median.Of(Ratios(plain, bf16)):0.00}");
    }

    static double Timed(List<double> ms) => Median.Of(ms.Skip(Warmup));

    static IEnumerable<double> Ratios(List<double> plain, List<double> ours) => plain.Zip(ours, (a, b) => a / b).Skip(Warmup);

    static double Ms(Action step)
    {
        var begun = Stopwatch.GetTimestamp();
        step();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
