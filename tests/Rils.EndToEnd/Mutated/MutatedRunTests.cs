using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Mutated;

/// <summary>A run folder with a damaged file, resumed: it ends with the weights of the uninterrupted run, or says which file is damaged.</summary>
public sealed class MutatedRunTests : IDisposable
{
    readonly TinyExperiment tiny = new();
    readonly PluginSet plugins = PluginLoader.Load(TinyExperiment.PluginFolders);
    readonly Experiment experiment;
    readonly string whole, stopped;

    public MutatedRunTests()
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip);
        experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance).Load(file, ["steps=16", "checkpoint.every=6", "seeds=[0, 1]"]);
        (whole, stopped) = (tiny["whole"], tiny["stopped"]);
        using (var folder = RunFolder.Create(whole)) new ExperimentRun(experiment, plugins, new SilentObserver()).Run(folder, "cpu", CancellationToken.None);
        // Stopped in the second seed, after its second checkpoint: the first has its outcome.
        using var stop = new CancellationTokenSource();
        using var begun = RunFolder.Create(stopped);
        var heard = 0;
        new ExperimentRun(experiment, plugins, new SilentObserver(step =>
        {
            if (step == 12 && heard++ == 1) stop.Cancel();
        })).Run(begun, "cpu", stop.Token);
    }

    public void Dispose()
    {
        experiment.Dispose();
        tiny.Dispose();
    }

    [Theory]
    [InlineData("manifest.json", 20)]
    [InlineData("experiment.toml", 6)]
    [InlineData("results.json", 2)]
    [InlineData("seed-0/outcome.json", 8)]
    [InlineData("seed-1/metrics.jsonl", 16)]
    [InlineData("seed-1/checkpoints/step-000000012/state.json", 16)]
    [InlineData("seed-1/checkpoints/step-000000012/clip.safetensors", 12)]
    public void A_damaged_file_gives_the_same_weights_or_a_line_that_names_it(string file, int count)
    {
        var random = new Random(count);
        var sound = File.ReadAllBytes(Path.Combine(stopped, file));
        for (var i = 0; i < count; i++)
        {
            var folder = Copy(tiny[$"copy-{i}"]);
            File.WriteAllBytes(Path.Combine(folder, file), Damage.Of(sound, random));
            if (Resume(folder) is { } message) Assert.Contains(Path.GetFileName(file), message);
            else AssertSameWeights(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("seed-1/checkpoints/step-000000012/rils.safetensors")]
    [InlineData("seed-1/checkpoints/step-000000012/state.json")]
    [InlineData("seed-1/checkpoints")]
    [InlineData("seed-1/metrics.jsonl")]
    [InlineData("seed-0/outcome.json")]
    [InlineData("seed-0")]
    [InlineData("manifest.json")]
    public void A_missing_file_is_no_worse(string file)
    {
        var folder = Copy(tiny["missing"]);
        if (Directory.Exists(Path.Combine(folder, file))) Directory.Delete(Path.Combine(folder, file), recursive: true);
        else File.Delete(Path.Combine(folder, file));
        if (Resume(folder) is { } message) Assert.Contains(Path.GetFileName(file), message);
        else AssertSameWeights(folder);
    }

    /// <summary>Null where it went to the end; else the message.</summary>
    string? Resume(string path)
    {
        try
        {
            using var folder = RunFolder.Open(path);
            Assert.Empty(ResumeCheck.Of(path, experiment, plugins, "cpu").Obstacles);
            new ExperimentRun(experiment, plugins, new SilentObserver()).Run(folder, "cpu", CancellationToken.None);
            return null;
        }
        catch (Exception refusal) when (refusal is IOException or InvalidDataException)
        {
            return refusal.Message;
        }
    }

    void AssertSameWeights(string folder)
    {
        foreach (var file in (string[])["seed-0/rils", "seed-0/clip", "seed-1/rils", "seed-1/clip"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file, "model.safetensors")), File.ReadAllBytes(Path.Combine(folder, file, "model.safetensors")));
    }

    string Copy(string target)
    {
        foreach (var file in Directory.GetFiles(stopped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(stopped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }
}
