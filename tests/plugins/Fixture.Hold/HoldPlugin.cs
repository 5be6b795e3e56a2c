using System.Diagnostics;
using System.Globalization;

namespace Fixture.Hold;

/// <summary>Waits within the step that the environment variable RILS_HOLD_STEP names, until the file RILS_HOLD_FILE is
/// deleted.</summary>
/// <remarks>The plugin makes that file first, which tells the test that the run has reached the step. Without the
/// variables the plugin does nothing.</remarks>
public sealed class HoldPlugin : IPlugin
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    static readonly string? step = Environment.GetEnvironmentVariable("RILS_HOLD_STEP"),
        file = Environment.GetEnvironmentVariable("RILS_HOLD_FILE");

    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.System(Stage.Observe, "hold", Hold);

    static void Hold(in Step now)
    {
        if (file is null || now.Number.ToString(CultureInfo.InvariantCulture) != step) return;
        File.WriteAllText(file, "");
        for (var begun = Stopwatch.StartNew(); File.Exists(file); Thread.Sleep(5))
            if (begun.Elapsed > Limit) throw new TimeoutException($"{file} is still there after {Limit}");
    }
}
