using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rils.Engine.Plugins;
using Rils.Tests.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Follows docs/your-plugin.md with the snippets as the page has them: a plugin with a native library is
/// built, run as the launch profiles say, packed, installed and run again.</summary>
public sealed class YourPluginPageTests : IDisposable
{
    const string Clone = "RilsFramework/hosts/Rils.Cli/bin/Release/net10.0";

    static readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "your-plugin.md"));
    readonly TemporaryFolder temporary = new();
    readonly Toy toy = new();

    public void Dispose()
    {
        temporary.Dispose();
        toy.Dispose();
    }

    static string[] Snippets(string language) =>
        [.. Regex.Matches(page, $"```{language}\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value)];

    [SkippableFact]
    public void The_page_leads_from_the_source_to_a_run_with_the_installed_package()
    {
        Skip.IfNot(HasCompiler, "this machine has no gcc to make the native library");
        WritePlugin();
        Write("native.toml",
            Snippets("toml").Single().Replace("RilsFramework/experiments/quickstart.toml", toy.Experiment));
        var commands = string.Concat(Snippets("bash")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["gcc", "dotnet", "dotnet", "dotnet", "rils"], commands.Select(command => command.Split(' ')[0]));
        Run(commands[0]);
        Run(commands[1]);
        var arguments = LaunchArguments();
        Run($"dotnet {arguments.Replace(Clone, Command.Folder)} --out first");
        Run(commands[3]);
        Assert.Contains("plugin NativeRate 1.2.0 is installed in", Run(commands[4]));
        Directory.Delete(temporary["my-plugins"], recursive: true);
        Run("rils run native.toml --out second");
        foreach (var run in new[] { "first", "second" })
            Assert.Equal([5e-4, 2.5e-4, 5e-4 / 3], Rates(run));
    }

    [SkippableFact]
    public void A_plain_test_project_finds_libtorch_and_holds_the_plugin_to_the_contract()
    {
        Skip.IfNot(HasCompiler, "this machine has no gcc to make the native library");
        WritePlugin();
        Write("NativeRate.Tests/NativeRate.Tests.csproj", Snippets("xml")[1]);
        Write("NativeRate.Tests/NativeRateTests.cs", Snippets("csharp")[1]);
        Write("NativeRate.Tests/TorchTests.cs", """
            public sealed class TorchTests
            {
                [Xunit.Fact]
                public void Tensors_can_be_made() =>
                    Xunit.Assert.Equal(6, (Rils.Testing.Tensors.TinyBatch.Noise(6) + 1).ge(1).sum().item<long>());
            }
            """);
        var commands = string.Concat(Snippets("bash")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Run(commands[0]);
        Assert.Matches(@"Passed:\s+3", Run(commands[2]));
        Write("NativeRate/NativeRatePlugin.cs", Snippets("csharp")[0].Replace("=> Rate(", "=> -Rate("));
        Assert.Contains("the rate of step 0 is -0.001", Run(commands[2], code: 1));
        Write("NativeRate.Tests/NativeRate.Tests.csproj",
            Regex.Replace(Snippets("xml")[1], ".*AssemblyMetadata.*", ""));
        Assert.Contains("no loaded assembly tells a RilsHome", Run(commands[2], code: 1));
    }

    void WritePlugin()
    {
        Write("NativeRate/rate.c", Snippets("c").Single());
        Write("NativeRate/NativeRatePlugin.cs", Snippets("csharp")[0]);
        Write("NativeRate/NativeRate.csproj", Snippets("xml")[0]);
    }

    /// <summary>The arguments of both launch profiles, which are the same command.</summary>
    static string LaunchArguments()
    {
        var json = Snippets("json").Select(snippet => JsonDocument.Parse(snippet).RootElement).ToArray();
        var studio = json[0].GetProperty("profiles").GetProperty("rils").GetProperty("commandLineArgs").GetString()!;
        Assert.Equal(studio, string.Join(' ', json[1].GetProperty("configurations")[0].GetProperty("args")
            .EnumerateArray().Select(argument => argument.GetString())));
        return studio;
    }

    IEnumerable<double> Rates(string run) =>
        File.ReadLines(Path.Combine(temporary[run], "seed-0", "metrics.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(row => row.TryGetProperty("arm", out var arm) && arm.GetString() == "clip"
                && row.TryGetProperty("learning_rate", out _))
            .Select(row => row.GetProperty("learning_rate").GetDouble());

    static bool HasCompiler => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "gcc")));

    void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(temporary[file])!);
        File.WriteAllText(temporary[file], text);
    }

    /// <summary>Runs a command of the page, which must end with a code, and returns what it prints.</summary>
    string Run(string command, int code = 0)
    {
        var words = Regex.Replace(command, @"-p:RilsHome=\S+", $"-p:RilsHome={Command.Folder}").Split(' ');
        string[] rils = words[0] == "rils" ? ["dotnet", Path.Combine(Command.Folder, "rils.dll")] : [words[0]];
        string[] quiet = words is ["dotnet", "build" or "pack" or "test", ..]
            ? ["-nodeReuse:false", "-p:UseSharedCompilation=false"] : [];
        var start = new ProcessStartInfo(rils[0], [.. rils[1..], .. words[1..], .. quiet])
        {
            WorkingDirectory = temporary.Path, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { [PluginLocations.Variable] = temporary["store"] },
        };
        // The test run sets these variables for its own MSBuild.
        foreach (var name in start.Environment.Keys.Where(name =>
            name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (exit, output, error) = process.Finished();
        Skip.If(output.Contains("NU1301"), $"restore needs a network here: {output}");
        Assert.True(exit == code, $"{command}: {output}{error}");
        Assert.DoesNotContain("warning", output.Replace("0 Warning(s)", ""));
        return output;
    }
}
