using Rils.Contract;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Shows a run's progress: on a terminal in a picture that is redrawn, otherwise in lines.</summary>
static class ProgressDisplay
{
    /// <summary>Runs an experiment with the sink that suits the terminal.</summary>
    public static T Watch<T>(Terminal terminal, RunProgress progress, Func<ISink, T> run)
    {
        if (terminal.IsPlain) return run(new ProgressLines(progress, terminal.Output, TimeProvider.System));
        var display = terminal.Console.Live(new Text("preparing")).AutoClear(true);
        return display.Start(live => run(new LiveProgress(progress, picture =>
        {
            live.UpdateTarget(picture);
            live.Refresh();
        })));
    }
}
