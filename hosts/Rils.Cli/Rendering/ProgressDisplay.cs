using Rils.Contract;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Shows a run's progress while it runs: redrawn on a terminal, as lines otherwise.</summary>
static class ProgressDisplay
{
    /// <summary>Runs with the sink that suits the terminal.</summary>
    public static T Watch<T>(Terminal terminal, RunProgress progress, Func<ISink, T> run)
    {
        if (terminal.IsPlain) return run(new ProgressLines(progress, terminal.Output, TimeProvider.System));
        return terminal.Console.Live(new Text("preparing")).AutoClear(true).Start(live => run(new LiveProgress(progress, picture =>
        {
            live.UpdateTarget(picture);
            live.Refresh();
        })));
    }
}
