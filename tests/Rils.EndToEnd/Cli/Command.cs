using System.Diagnostics;
using System.Runtime.InteropServices;
using Rils.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Cli;

/// <summary>Runs <c>rils</c> as a process, or inside the tests' process where only its output matters.</summary>
static partial class Command
{
    public static Outcome Here(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = Application.Run(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public static Outcome Process(params string[] arguments) => Finish(Start(arguments));

    /// <summary>Runs <c>rils</c> in a shell after some settings.</summary>
    public static Outcome Shell(string settings, params string[] arguments) =>
        Finish(Start("bash", ["-c", $"{settings}; exec dotnet \"$@\"", "bash", Host, .. arguments], []));

    /// <summary>Runs the copy of <c>rils</c> in another folder.</summary>
    public static Outcome Of(string host, params string[] arguments) =>
        Finish(Start("dotnet", [Path.Combine(host, "rils.dll"), .. arguments], []));

    /// <summary>Runs <c>rils</c> under another program, which starts what follows its own arguments.</summary>
    public static Outcome Under(string[] program, params string[] arguments) =>
        Finish(Start(program[0], [.. program[1..], "dotnet", Host, .. arguments], []));

    public static System.Diagnostics.Process Start(params string[] arguments) => Start(arguments, []);

    /// <summary>Starts <c>rils</c> with more variables in its environment. The process gets SIGHUP and SIGINT even
    /// where the tests run under nohup or in the background of a shell, which let all processes below them ignore these
    /// signals.</summary>
    public static System.Diagnostics.Process Start(string[] arguments, Dictionary<string, string> variables) =>
        Start("env", ["--default-signal=HUP,INT", "dotnet", Host, .. arguments], variables);

    /// <summary>The number of SIGTERM.</summary>
    public const int Term = 15;

    /// <summary>Sends a signal from this thread, since a program that sends it starts too late on a busy
    /// machine.</summary>
    public static void Signal(System.Diagnostics.Process process, int signal) =>
        Assert.Equal(0, Kill(process.Id, signal));

    static Outcome Finish(System.Diagnostics.Process started)
    {
        using var process = started;
        var (code, output, error) = process.Finished();
        return new(code, output, error);
    }

    /// <summary>The folder that holds the built <c>rils.dll</c>.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "hosts", "Rils.Cli", "bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    static string Host => Path.Combine(Folder, "rils.dll");

    static System.Diagnostics.Process Start(string program, string[] arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The environment asks for colours, so that a test sees whether a redirected output gets any.
            Environment = { ["TERM"] = "xterm-256color", ["GITHUB_ACTIONS"] = "true" },
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return System.Diagnostics.Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
