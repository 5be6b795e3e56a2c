using System.Diagnostics;
using System.Text.RegularExpressions;
using Rils.Abstractions;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Does what docs/plugins.md says, with the snippets as they stand there.</summary>
public sealed class StrangersPluginTests : IDisposable
{
    readonly TemporaryFolder temporary = new();
    readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins.md"));

    public void Dispose() => temporary.Dispose();

    [SkippableFact]
    public async Task ThePluginOfTheDocumentationBuildsLoadsAndMasks()
    {
        string project = Snippet("xml"), code = Snippet("csharp");
        Assert.InRange(project.Count(letter => letter == '\n') + code.Count(letter => letter == '\n'), 1, 39);
        Directory.CreateDirectory(temporary["ColumnMasking"]);
        await File.WriteAllTextAsync(temporary["ColumnMasking", "ColumnMasking.csproj"], project);
        await File.WriteAllTextAsync(temporary["ColumnMasking", "ColumnMaskingPlugin.cs"], code);
        var command = Regex.Replace(Snippet("bash").Trim(), @"-p:RilsHome=\S+", $"-p:RilsHome={AppContext.BaseDirectory.TrimEnd('/')}");
        var (exit, output) = await Run(command.Split(' '));
        Skip.If(output.Contains("NU1301"), $"restore needs a network here: {output}");
        Assert.True(exit == 0, output);

        var loaded = PluginLoader.Load([temporary["my-plugins"], FixturePlugins.Of("Fixture.Good")]);
        Assert.Equal(["ColumnMasking", "Fixture.Good"], loaded.Plugins.Select(plugin => plugin.Name));
        Assert.Contains("kind = \"columns\"", Snippet("toml"));
        HidesWholeColumns(loaded.Registry.Find("masking", "columns")!);
        TrainsWithIt(temporary["my-plugins"]);
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("csharp")]
    [InlineData("bash")]
    [InlineData("toml")]
    public void TheReadmeShowsTheSame(string language) =>
        Assert.Contains($"```{language}\n{Snippet(language)}```", File.ReadAllText(Path.Combine(Repository.Root, "README.md")));

    static void TrainsWithIt(string plugins)
    {
        using var tiny = new TinyExperiment();
        var columns = tiny.Run(tiny.Write(TinyExperiment.Rils.Replace("\"random\"", "\"columns\"")), [.. TinyExperiment.PluginFolders, plugins]);
        var random = tiny.Run(tiny.Write(TinyExperiment.Rils));
        Assert.NotEqual(TinyExperiment.Weights(random, "rils"), TinyExperiment.Weights(columns, "rils"));
    }

    static void HidesWholeColumns(KindEntry entry)
    {
        using var scope = NewDisposeScope();
        var masking = (IMasking)entry.Make!.DynamicInvoke(Activator.CreateInstance(entry.Options), new ExperimentContext(64, 8, 100, 10, 512))!;
        var noise = rand(8, 32, generator: new Generator(5));
        var mask = masking.Mask(noise, new(Rows: 4, Columns: 8));
        Assert.Equal(8, mask.Visible.shape[1]);
        // Three quarters hidden of eight columns leave two.
        foreach (var row in mask.Visible.unbind(0)) Assert.Equal(2, row.data<long>().Select(patch => patch % 8).Distinct().Count());
    }

    /// <summary>The first snippet of a language.</summary>
    string Snippet(string language) => Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    /// <summary>Without what the test run told its own MSBuild, and leaving no process behind that holds the output open.</summary>
    async Task<(int Exit, string Output)> Run(string[] command)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = temporary.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
