using Rils.Contract;
using Rils.Models;
using Rils.Engine.Bench;
using TorchSharp;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Times a step of the engine and a step of the plain loop over the same modules, fp32, in an experiment that
/// computes little: experiments/bench/overhead.toml.</summary>
static class Overhead
{
    const int Warmup = 50;

    /// <param name="arguments">The number of timed steps; none means 300.</param>
    public static int Run(string[] arguments)
    {
        var steps = arguments is [var count] ? int.Parse(count) : 300;
        using var engine = new EngineLoop("overhead.toml", "fp32", Warmup + steps);
        using var lender = new EngineLoop("overhead.toml", "fp32", 1); // lends its modules, since an arm trains its own
        lender.Step();
        PlainLoop? plain = null;
        List<(double Engine, double Backward, double Update)> rounds = [];
        lender.AtRest(() =>
        {
            for (var step = 0; step < Warmup + steps; step++)
            {
                var engineMs = Elapsed.Ms(engine.Step);
                engine.AtRest(() =>
                {
                    plain ??= Plain(lender, engine.Tokens(0));
                    rounds.Add((engineMs, Elapsed.Ms(plain.Backward), Elapsed.Ms(plain.Update)));
                });
            }
        });
        var timed = rounds[Warmup..];
        double Of(Func<(double Engine, double Backward, double Update), double> value) =>
            Median.Of(timed.Select(value));
        Console.WriteLine($"medians of {steps} steps, {torch.get_num_threads()} threads");
        Console.WriteLine($"engine      {Of(round => round.Engine):0.00} ms");
        Console.WriteLine($"plain loop  {Of(round => round.Backward + round.Update):0.00} ms, "
            + $"of which TorchSharp's AdamW {Of(round => round.Update):0.00}");
        Console.WriteLine($"ratio       {Of(round => round.Engine / (round.Backward + round.Update)):0.000}, "
            + $"without the plain loop's AdamW {Of(round => round.Engine / round.Backward):0.000}");
        return 0;
    }

    static PlainLoop Plain(EngineLoop lender, int tokens) => new(
        PlainModels.Of((Vit)lender.Find<Backbone>(), lender.Find<TextEncoder>(), lender.Find<Decoder>(),
            lender.Find<SharedSpace>()),
        PlainBatch.Random(lender.Context.BatchSize, lender.Context.VocabularySize, tokens));
}
