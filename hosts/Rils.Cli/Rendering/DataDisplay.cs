using System.Diagnostics;
using Rils.Analysis;
using Rils.Engine.Datasets;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Shows the progress of a command over data: on a terminal in one line that it redraws, otherwise in lines on
/// standard error.</summary>
static class DataDisplay
{
    static readonly TimeSpan Redraw = TimeSpan.FromSeconds(0.2), Pause = TimeSpan.FromSeconds(5);

    /// <summary>Opens data, and says of which kind it is where the user did not.</summary>
    public static OpenedData Open(Terminal terminal, DataOpener opener, GivenData given)
    {
        var data = opener.Open(given);
        if (given.Kind is null)
            terminal.Error.WriteLine($"{string.Join(' ', given.Paths)}: read as kind {data.Kind}; another one: --kind");
        return data;
    }

    /// <summary>Does the work and shows its progress as it suits the terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="verb">The work on a sample, done: <c>packed</c>.</param>
    /// <param name="work">The work; gets the action that shows progress.</param>
    /// <returns>The result of <paramref name="work"/>.</returns>
    public static T Watch<T>(Terminal terminal, string verb, Func<Action<DataProgress>, T> work)
    {
        if (terminal.IsPlain) return work(Paced(Pause, growth: 0.2, terminal.Error.WriteLine, verb));
        return terminal.Console.Status().Start("reading", status =>
            work(Paced(Redraw, growth: 0, line => status.Status(Markup.Escape(line)), verb)));
    }

    /// <summary>Writes a line of results above the progress.</summary>
    public static void Print(Terminal terminal, string line)
    {
        if (terminal.IsPlain) terminal.Output.WriteLine(line);
        else terminal.Console.WriteLine(line);
    }

    /// <summary>Shows progress at once after a pause, then ever more seldom where the pause grows.</summary>
    /// <param name="pause">The least time between two shows.</param>
    /// <param name="growth">The share of the whole time by which the pause grows.</param>
    /// <param name="show">Shows a line.</param>
    /// <param name="verb">The work on a sample, done.</param>
    static Action<DataProgress> Paced(TimeSpan pause, double growth, Action<string> show, string verb)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan last = default;
        int? begun = null;
        return progress =>
        {
            begun ??= progress.Done - 1;
            var time = clock.Elapsed;
            if (time - last < pause + growth * last) return;
            last = time;
            var rate = (progress.Done - begun.Value) / time.TotalSeconds;
            show($"{Figures.Count(progress.Done)} of {Figures.Count(progress.Of)} samples {verb}  "
                + $"{Numbers.Short(rate)} samples/s"
                + (progress.Bytes > 0 ? $"  {ByteSize.Show((long)(progress.Bytes / time.TotalSeconds))}/s" : "")
                + $"  {Numbers.Duration(TimeSpan.FromSeconds((progress.Of - progress.Done) / rate))} left");
        };
    }
}
