using System.Diagnostics;
using System.Text.RegularExpressions;
using Rils.Tests.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Plugins;

/// <summary>The plugins of tests/strangers, each built once as the docs say, outside the repository.</summary>
public sealed class BuiltStrangers : IDisposable
{
    readonly TemporaryFolder temporary = new();
    readonly HashSet<string> built = [];

    /// <summary>The folder of the sources.</summary>
    public static string Home { get; } = Path.Combine(Repository.Root, "tests", "strangers");

    /// <summary>The files that a stranger wrote to be built.</summary>
    public static IReadOnlyList<string> Sources(string name) => [.. Directory.GetFiles(Path.Combine(Home, name))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal)
            || file.EndsWith(".csproj", StringComparison.Ordinal))];

    /// <summary>The folder of a built plugin; the first call builds it.</summary>
    public async Task<string> Of(string name)
    {
        if (built.Add(name)) await Build(name);
        return temporary[$"my-plugins/{name}"];
    }

    public void Dispose() => temporary.Dispose();

    async Task Build(string name)
    {
        Directory.CreateDirectory(temporary[name]);
        foreach (var source in Sources(name))
            File.Copy(source, Path.Combine(temporary[name], Path.GetFileName(source)));
        var start = new ProcessStartInfo("dotnet",
        [
            "build", name, "-c", "Release", "-o", $"my-plugins/{name}", "-nodeReuse:false",
            "-p:UseSharedCompilation=false", $"-p:RilsHome={AppContext.BaseDirectory.TrimEnd('/')}",
        ])
        {
            WorkingDirectory = temporary.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD",
            StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        var (code, output, errors) = await Task.Run(process.Finished);
        Skip.If(output.Contains("NU1301"), $"restore needs a network here: {output}");
        Assert.True(code == 0, output + errors);
        Assert.DoesNotMatch(new Regex(@"warning CS\d+"), output);
    }
}
