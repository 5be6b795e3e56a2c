using System.Diagnostics;
using Rils.Engine.Execution;
using Rils.Tests.Golden;

namespace Rils.Tests.Ci;

/// <summary>A run's manifest holds hashes of the engine's files: the same sources must give the same bytes, wherever
/// they were built.</summary>
public sealed class ReproducibleBuildTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-clones-").FullName;

    public void Dispose()
    {
        // Git's objects are read-only until this loop clears the attribute.
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public async Task Two_clones_in_two_folders_give_the_same_bytes()
    {
        Skip.If(await Run("git", ["-C", Repository.Root, "rev-parse", "HEAD"]) is { Code: not 0 },
            "there is no git here, or no repository");
        var clones = await Task.WhenAll(Build("first"), Build(Path.Combine("a-second", "longer-name")));
        foreach (var file in EngineFiles.Hashes.Keys)
            Assert.Equal(File.ReadAllBytes(Path.Combine(clones[0], file)),
                File.ReadAllBytes(Path.Combine(clones[1], file)));
    }

    /// <summary>Clones the repository and builds the engine. The restore finds all packages in NuGet's cache, since the
    /// build that runs this test filled it.</summary>
    async Task<string> Build(string name)
    {
        var clone = Path.Combine(folder, name);
        var (code, output) = await Run("git", ["clone", "--quiet", "--shared", Repository.Root, clone]);
        Assert.True(code == 0, output);
        var project = Path.Combine(clone, "core", "Rils.Engine");
        (code, output) = await Run("dotnet",
            ["build", project, "-c", "Release", "--nologo", "-v", "q", "-nodeReuse:false",
            "-p:UseSharedCompilation=false", "-o", Path.Combine(clone, "out")]);
        Skip.If(output.Contains("NU1301"), $"restore needs a network here: {output}");
        Assert.True(code == 0, output);
        return Path.Combine(clone, "out");
    }

    static async Task<(int Code, string Output)> Run(string program, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
                RedirectStandardError = true };
            // The test run sets variables for its own MSBuild, which must not reach this one.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD",
                StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, $"there is no {program} here");
        }
    }
}
