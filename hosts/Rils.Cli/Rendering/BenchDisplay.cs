using System.Globalization;
using Rils.Engine.Bench;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Shows a benchmark's progress: on a terminal in one line that it redraws, otherwise in lines on standard
/// error.</summary>
static class BenchDisplay
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs a benchmark and shows its progress as it suits the terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="steps">The number of measured steps.</param>
    /// <param name="run">Runs the benchmark; gets the action that shows progress.</param>
    /// <returns>The result of <paramref name="run"/>.</returns>
    public static T Watch<T>(Terminal terminal, int steps, Func<Action<BenchProgress>, T> run)
    {
        var pacing = new Pacing(TimeProvider.System, steps + Benchmark.Warmup, 1, Pause);
        if (!terminal.IsPlain)
            return terminal.Console.Status().Start("preparing",
                status => run(progress => status.Status(Markup.Escape(Line(progress)))));
        var done = 0;
        return run(progress =>
        {
            if (pacing.IsDue(done++, always: progress.Done == progress.Of)) terminal.Error.WriteLine(Line(progress));
        });
    }

    static string Line(BenchProgress progress)
    {
        if (progress.Of == 0) return progress.Phase;
        var time = progress.StepMs is { } ms ? $"  {ms.ToString("0.0", CultureInfo.InvariantCulture)} ms" : "";
        return $"{progress.Phase} {progress.Done}/{progress.Of}{time}";
    }
}
