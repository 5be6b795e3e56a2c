using System.Diagnostics;
using System.Runtime.InteropServices;
using Rils.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Cli;

/// <summary>Runs <c>rils</c>: as a process, or inside the tests' own where only words matter.</summary>
static partial class Command
{
    public static Outcome Here(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = Application.Run(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public static Outcome Process(params string[] arguments) => Finish(Start(arguments));

    /// <summary>Runs in a shell that has made some settings before.</summary>
    public static Outcome Shell(string settings, params string[] arguments) =>
        Finish(Start("bash", ["-c", $"{settings}; exec dotnet \"$@\"", "bash", Host, .. arguments], []));

    /// <summary>Runs the command that another folder holds.</summary>
    public static Outcome Of(string host, params string[] arguments) =>
        Finish(Start("dotnet", [Path.Combine(host, "rils.dll"), .. arguments], []));

    /// <summary>Runs under another program, which starts what follows its own arguments.</summary>
    public static Outcome Under(string[] program, params string[] arguments) =>
        Finish(Start(program[0], [.. program[1..], "dotnet", Host, .. arguments], []));

    public static System.Diagnostics.Process Start(params string[] arguments) => Start(arguments, []);

    /// <summary>Starts it with more variables in its environment. It gets SIGHUP and SIGINT even where
    /// the tests run under nohup or in the background of a shell, which let all processes below them ignore these
    /// signals.</summary>
    public static System.Diagnostics.Process Start(string[] arguments, Dictionary<string, string> variables) =>
        Start("env", ["--default-signal=HUP,INT", "dotnet", Host, .. arguments], variables);

    /// <summary>The number of SIGTERM.</summary>
    public const int Term = 15;

    /// <summary>Sends a signal from this thread: a program that sends it starts too late where the machine is
    /// busy.</summary>
    public static void Signal(System.Diagnostics.Process process, int signal) =>
        Assert.Equal(0, Kill(process.Id, signal));

    static Outcome Finish(System.Diagnostics.Process started)
    {
        using var process = started;
        var (code, output, error) = process.Finished();
        return new(code, output, error);
    }

    /// <summary>The folder of the built command.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "hosts", "Rils.Cli", "bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    static string Host => Path.Combine(Folder, "rils.dll");

    static System.Diagnostics.Process Start(string program, string[] arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Colours are asked for, so that a test sees whether a redirected output gets any.
            Environment = { ["TERM"] = "xterm-256color", ["GITHUB_ACTIONS"] = "true" },
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return System.Diagnostics.Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
