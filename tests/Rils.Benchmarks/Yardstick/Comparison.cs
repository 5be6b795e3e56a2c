using Rils.Engine.Bench;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Times the plain loops and ours in turn, step by step, so that what else the machine does falls on all
/// alike.</summary>
static class Comparison
{
    const int Warmup = 3;

    /// <param name="arguments">The number of timed steps; none for 12.</param>
    public static int Run(string[] arguments)
    {
        var steps = arguments is [var count] ? int.Parse(count) : 12;
        using var fp32 = new EngineLoop("vit-192-64.toml", "fp32", Warmup + steps);
        using var bf16 = new EngineLoop("vit-192-64.toml", "bf16", Warmup + steps);
        List<Round> rounds = [];
        PlainPair? plain = null;
        for (var step = 0; step < Warmup + steps; step++)
        {
            var (torchMs, modulesMs, fp32Ms, bf16Ms) = (0.0, 0.0, 0.0, 0.0);
            bf16.AtRest(() => fp32Ms = Elapsed.Ms(fp32.Step));
            fp32.AtRest(() => bf16Ms = Elapsed.Ms(bf16.Step));
            fp32.AtRest(() => bf16.AtRest(() =>
            {
                plain ??= PlainPair.Beside(fp32);
                (torchMs, modulesMs) = (Elapsed.Ms(plain.Torch.Step), Elapsed.Ms(plain.Modules.Step));
            }));
            if (step == 0)
                Console.WriteLine(Row("ms", "plain, torch's layers", "plain, our modules", "ours, fp32", "ours, bf16"));
            Console.WriteLine(Row(step < Warmup ? "warm-up" : "step", $"{torchMs:0}", $"{modulesMs:0}",
                $"{fp32Ms:0}", $"{bf16Ms:0}"));
            if (step >= Warmup) rounds.Add(new(torchMs, modulesMs, fp32Ms, bf16Ms));
        }
        Print(rounds);
        return 0;
    }

    static void Print(List<Round> rounds)
    {
        Console.WriteLine();
        Console.WriteLine($"medians of {rounds.Count} steps, and of the ratios of each round");
        Console.WriteLine(Row("", "ms", "torch's layers / it", "our modules / it"));
        Console.WriteLine(Row("plain, torch's layers", Ms(round => round.Torch)));
        Console.WriteLine(Row("plain, our modules", Ms(round => round.Modules),
            Ratio(round => round.Torch / round.Modules)));
        Console.WriteLine(Row("ours, fp32", Ms(round => round.Fp32), Ratio(round => round.Torch / round.Fp32),
            Ratio(round => round.Modules / round.Fp32)));
        Console.WriteLine(Row("ours, bf16", Ms(round => round.Bf16), Ratio(round => round.Torch / round.Bf16),
            Ratio(round => round.Modules / round.Bf16)));

        string Ms(Func<Round, double> of) => $"{Median.Of(rounds.Select(of)):0}";
        string Ratio(Func<Round, double> of) => $"{Median.Of(rounds.Select(of)):0.00}";
    }

    static string Row(string head, params string[] cells) =>
        $"{head,-24}{string.Concat(cells.Select(cell => $"{cell,24}"))}";
}
