using System.Diagnostics;
using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary>A <c>rils run</c> that waits within a step until the test lets it go, so that a signal surely comes while
/// it trains.</summary>
/// <remarks>The plugin that holds the run is part of it: a command that goes on with the run names <see cref="Plugin"/>
/// too.</remarks>
sealed class HeldRun : IDisposable
{
    readonly string file = Path.Combine(Path.GetTempPath(), $"rils-hold-{Guid.NewGuid():N}");
    readonly Process process;

    /// <summary>Starts a run and waits until it has reached a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="arguments">The arguments of <c>rils</c>, without <c>--plugins</c>.</param>
    public HeldRun(long step, params string[] arguments)
    {
        process = Command.Start([.. arguments, .. Plugin], new()
        {
            ["RILS_HOLD_STEP"] = $"{step}", ["RILS_HOLD_FILE"] = file,
            // .NET maps its own code through a file unless this variable forbids it, and Limit is for files.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        });
        Waiting.Until(() => File.Exists(file), () => !process.HasExited,
            $"step {step} of {string.Join(' ', arguments)}");
    }

    /// <summary>The arguments that load the plugin, which does nothing in a run that no test holds.</summary>
    public static string[] Plugin => ["--plugins", FixturePlugins.Of("Fixture.Hold")];

    /// <summary>Sends the run a signal.</summary>
    public void Signal(int signal) => Command.Signal(process, signal);

    /// <summary>Limits the size of every file that the process writes from now on, in bytes.</summary>
    public void Limit(long bytes)
    {
        using var limit = Process.Start("prlimit", [$"--pid={process.Id}", $"--fsize={bytes}"]);
        Assert.Equal(0, limit.Ended());
    }

    /// <summary>The next line on the standard error of the run; null at its end.</summary>
    public string? NextError() => process.StandardError.NextLine();

    /// <summary>Lets the run go on, and waits for its end.</summary>
    public Outcome LetGo()
    {
        File.Delete(file);
        return End();
    }

    /// <summary>Waits for the end of a run without letting it go.</summary>
    public Outcome End()
    {
        var (code, output, error) = process.Finished();
        return new(code, output, error);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
        File.Delete(file);
    }
}
