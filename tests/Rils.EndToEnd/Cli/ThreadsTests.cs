using Rils.Tests.Golden;

namespace Rils.Tests.Cli;

/// <summary>The experiment says into how many parts a batch is cut, so the number of threads changes no byte.</summary>
public sealed class ThreadsTests : IDisposable
{
    static readonly string[] Smaller =
    [
        "steps=3", "seeds=[0]", "head=none", "data.batch=16", "data.chunk=16", "data.image=32", "backbone.width=32",
        "backbone.depth=1", "backbone.heads=2", "text.width=32", "text.depth=1", "text.heads=2", "space.dim=16",
    ];

    readonly string folder = Directory.CreateTempSubdirectory("rils-threads-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The baselines cover all methods: objectives with and without text, teachers, phases, batch
    /// norm.</summary>
    [Theory]
    [InlineData("bf16")]
    [InlineData("fp32")]
    public void Every_arm_of_the_baselines_has_the_same_bytes_with_1_2_and_3_threads(string precision)
    {
        var runs = new[] { 1, 2, 3 }.Select(threads => Files(threads, precision)).ToArray();
        Assert.Equal(9, runs[0].Count(file => file.Name.EndsWith("model.safetensors", StringComparison.Ordinal)));
        Assert.All(runs[1..], run => Assert.Equal(runs[0], run));
    }

    [Fact]
    public void Parts_that_do_not_divide_the_batch_are_told_with_those_that_do() => Assert.Contains(
        "a batch is cut into parts = 4 equal parts, and batch = 66 cannot be: set compute.parts = 3, or another batch",
        Command.Here("check", Experiment, "--set", "data.batch=66", "--set", "compute.parts=4").Returns(2).Error);

    static string Experiment => Path.Combine(Repository.Root, "experiments", "paper", "small", "baselines.toml");

    static string[] Sets(string precision) =>
        [.. Smaller.Append($"precision={precision}").SelectMany(set => (string[])["--set", set])];

    string Run(int threads, string precision)
    {
        var run = Path.Combine(folder, $"{precision}-{threads}");
        Command.Shell($"export OMP_NUM_THREADS={threads}", ["run", Experiment, "--out", run, .. Sets(precision)])
            .Returns(0);
        return run;
    }

    (string Name, string Content)[] Files(int threads, string precision)
    {
        var run = Run(threads, precision);
        return [.. Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "model.safetensors" or "metrics.jsonl")
            .Select(file => (Path.GetRelativePath(run, file), Convert.ToBase64String(File.ReadAllBytes(file))))
            .Order()];
    }
}
