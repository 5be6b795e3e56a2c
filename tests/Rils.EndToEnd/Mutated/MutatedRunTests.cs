using Rils.Engine.Execution;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Mutated;

/// <summary>A run that is resumed in a folder with a damaged file ends with the weights of the uninterrupted run, or
/// says which file is damaged.</summary>
public sealed class MutatedRunTests(StoppedAndWhole runs) : IClassFixture<StoppedAndWhole>, IDisposable
{
    readonly string copies = Directory.CreateTempSubdirectory("rils-mutated-").FullName;

    public void Dispose() => Directory.Delete(copies, recursive: true);

    [Theory]
    [InlineData("manifest.json", 20)]
    [InlineData("experiment.toml", 6)]
    [InlineData("seed-0/outcome.json", 8)]
    [InlineData("seed-1/metrics.jsonl", 16)]
    [InlineData("seed-1/checkpoints/step-000000012/state.json", 16)]
    [InlineData("seed-1/checkpoints/step-000000012/clip.safetensors", 12)]
    public void A_damaged_file_gives_the_same_weights_or_a_line_that_names_it(string file, int count)
    {
        var random = new Random(count);
        var sound = File.ReadAllBytes(Path.Combine(runs.Stopped, file));
        for (var i = 0; i < count; i++)
        {
            var folder = Copy(Path.Combine(copies, $"copy-{i}"));
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
        var folder = Copy(Path.Combine(copies, "missing"));
        if (Directory.Exists(Path.Combine(folder, file))) Directory.Delete(Path.Combine(folder, file), recursive: true);
        else File.Delete(Path.Combine(folder, file));
        if (Resume(folder) is { } message) Assert.Contains(Path.GetFileName(file), message);
        else AssertSameWeights(folder);
    }

    /// <summary>Resumes a run. The result is the message of the refusal, or null where the run went to its
    /// end.</summary>
    string? Resume(string path)
    {
        try
        {
            using var folder = RunFolder.Open(path);
            Assert.Empty(ResumeCheck.Of(path, runs.Experiment, runs.Plugins, "cpu").Obstacles);
            TestRun.Of(runs.Experiment, runs.Plugins, folder);
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
            Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Whole, file, "model.safetensors")),
                File.ReadAllBytes(Path.Combine(folder, file, "model.safetensors")));
    }

    string Copy(string target)
    {
        foreach (var file in Directory.GetFiles(runs.Stopped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(runs.Stopped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }
}
