using System.Diagnostics;
using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary>A <c>rils run</c> that waits within a step until it is let go: a signal certainly comes while it
/// trains.</summary>
/// <remarks>The plugin that holds it is part of the run, so whoever goes on with it names <see cref="Plugin"/>
/// too.</remarks>
sealed class HeldRun : IDisposable
{
    readonly string file = Path.Combine(Path.GetTempPath(), $"rils-hold-{Guid.NewGuid():N}");
    readonly Process process;

    /// <summary>Starts a run and waits until it is in a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="arguments">Those of <c>rils</c>, without <c>--plugins</c>.</param>
    public HeldRun(long step, params string[] arguments)
    {
        process = Command.Start([.. arguments, .. Plugin], new()
        {
            ["RILS_HOLD_STEP"] = $"{step}", ["RILS_HOLD_FILE"] = file,
            // .NET maps its own code through a file unless told not to, and Limit is for files.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        });
        Waiting.Until(() => File.Exists(file), () => !process.HasExited,
            $"step {step} of {string.Join(' ', arguments)}");
    }

    /// <summary>The arguments that load the plugin. It does nothing in a run that nobody holds.</summary>
    public static string[] Plugin => ["--plugins", FixturePlugins.Of("Fixture.Hold")];

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => Command.Signal(process, signal);

    /// <summary>Lets no file of the process grow beyond a size from now on.</summary>
    public void Limit(long bytes)
    {
        using var limit = Process.Start("prlimit", [$"--pid={process.Id}", $"--fsize={bytes}"]);
        Assert.Equal(0, limit.Ended());
    }

    /// <summary>The next line on its standard error.</summary>
    public string? NextError() => process.StandardError.NextLine();

    /// <summary>Lets it go on, and waits for its end.</summary>
    public Outcome LetGo()
    {
        File.Delete(file);
        return End();
    }

    /// <summary>Waits for the end of a run that nobody lets go.</summary>
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
