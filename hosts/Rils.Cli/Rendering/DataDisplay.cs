using System.Diagnostics;
using Rils.Analysis;
using Rils.Cli.Hosting;
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
    /// <param name="verb">What happens to a sample: <c>packed</c>.</param>
    /// <param name="work">The work; gets the action that shows progress.</param>
    /// <returns>The result of <paramref name="work"/>.</returns>
    public static T Watch<T>(Terminal terminal, string verb, Func<Action<DataProgress>, T> work)
    {
        var clock = Stopwatch.StartNew();
        if (!terminal.IsPlain)
            return terminal.Console.Status().Start("reading", status => work(Paced(Redraw, clock,
                progress => status.Status(Markup.Escape(Line(verb, progress, clock.Elapsed))))));
        return work(Paced(Pause, clock,
            progress => terminal.Error.WriteLine(Line(verb, progress, clock.Elapsed))));
    }

    /// <summary>Writes a line of results above the progress.</summary>
    public static void Print(Terminal terminal, string line)
    {
        if (terminal.IsPlain) terminal.Output.WriteLine(line);
        else terminal.Console.WriteLine(line);
    }

    static Action<DataProgress> Paced(TimeSpan pause, Stopwatch clock, Action<DataProgress> show)
    {
        var last = TimeSpan.Zero;
        return progress =>
        {
            if (clock.Elapsed - last < pause) return;
            last = clock.Elapsed;
            show(progress);
        };
    }

    static string Line(string verb, DataProgress progress, TimeSpan time) =>
        $"{Figures.Count(progress.Done)} of {Figures.Count(progress.Of)} samples {verb}"
        + (progress.Bytes > 0 ? $"  {ByteSize.Show((long)(progress.Bytes / Math.Max(time.TotalSeconds, 1e-3)))}/s" : "")
        + $"  {Numbers.Duration(time)}";
}
