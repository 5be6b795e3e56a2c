using System.Diagnostics;
using Rils.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Cli;

/// <summary>Runs <c>rils</c>: as a process, or inside the tests' own where only words matter.</summary>
static class Command
{
    public static Outcome Here(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = Application.Run(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public static Outcome Process(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public static Process Start(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var host = Path.Combine(Repository.Root, "hosts", "Rils.Cli", "bin", configuration, "net10.0", "rils.dll");
        return System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", [host, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Colours are asked for, so that a test sees whether a redirected output gets any.
            Environment = { ["TERM"] = "xterm-256color", ["GITHUB_ACTIONS"] = "true" },
        })!;
    }
}
