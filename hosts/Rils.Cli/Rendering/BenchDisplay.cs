using System.Globalization;
using Rils.Engine.Bench;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Shows how far a benchmark is: one line that is redrawn on a terminal, lines on standard error
/// otherwise.</summary>
static class BenchDisplay
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs with the progress that suits the terminal.</summary>
    public static T Watch<T>(Terminal terminal, int steps, Func<Action<BenchProgress>, T> run)
    {
        var pacing = new Pacing(TimeProvider.System, steps + Benchmark.Warmup, 1, Pause);
        if (!terminal.IsPlain)
            return terminal.Console.Status().Start("preparing", status => run(progress => status.Status(Markup.Escape(Line(progress)))));
        var done = 0;
        return run(progress =>
        {
            if (pacing.IsDue(done++, always: progress.Done == progress.Of)) terminal.Error.WriteLine(Line(progress));
        });
    }

    static string Line(BenchProgress progress) => progress.Of == 0 ? progress.Phase
        : $"{progress.Phase} {progress.Done}/{progress.Of}{(progress.StepMs is { } ms ? $"  {ms.ToString("0.0", CultureInfo.InvariantCulture)} ms" : "")}";
}
