using System.Text.Json;

namespace Rils.Tests.Cli;

/// <summary><c>rils bench</c> as a process: its output, the keys and figures of its JSON, and that no other file is
/// left.</summary>
public sealed class BenchTests(BenchTests.Measured measured) : IClassFixture<BenchTests.Measured>
{
    const int Steps = 5;

    /// <summary>One benchmark that all tests read.</summary>
    public sealed class Measured : IDisposable
    {
        readonly JsonDocument document;

        public Measured()
        {
            Before = Files();
            Outcome = Command.Process("bench", Toy.Experiment,
                "--steps", $"{Steps}", "--set", "precision=fp32", "--json", Toy["bench.json"]).Returns(0);
            document = JsonDocument.Parse(File.ReadAllText(Toy["bench.json"]));
        }

        public Toy Toy { get; } = new();

        public string[] Before { get; }

        public JsonElement Json => document.RootElement;

        internal Outcome Outcome { get; }

        public string[] Files() =>
            [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(Toy.Experiment)!, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)];

        public void Dispose()
        {
            document.Dispose();
            Toy.Dispose();
        }
    }

    [Fact]
    public void Its_json_has_the_names_that_are_promised()
    {
        AssertKeys(measured.Json, "experiment", "device", "dtype", "machine", "libraries", "warmup_steps", "steps",
            "batch", "is_synchronised", "start_to_first_step_s", "step_ms", "samples_per_s", "flops_per_sample",
            "flops_per_s", "peak_flops_per_s", "peak_matrix_side", "utilisation",
            "arms", "host_lane", "device_lane", "loader", "memory");
        foreach (var arm in measured.Json.GetProperty("arms").EnumerateArray())
            AssertKeys(arm, "arm", "parameters", "step_ms", "samples_per_s", "text_tokens", "selected_share",
                "forward_flops_per_sample", "flops_per_sample",
                "flops_per_s", "utilisation", "parameters_bytes", "gradients_bytes", "moments_bytes");
        foreach (var lane in (string[])["host_lane", "device_lane"])
        {
            AssertKeys(measured.Json.GetProperty(lane), "systems", "waiting_ms", "waiting_share", "release_ms",
                "watch_ms", "watch_share", "scheduler_us");
            foreach (var system in Systems(lane)) AssertKeys(system, "arm", "stage", "system", "ms", "share");
        }
        AssertKeys(measured.Json.GetProperty("loader"), "batches", "samples_per_s", "samples_per_s_per_core");
        AssertKeys(measured.Json.GetProperty("memory"),
            "peak_resident_bytes", "resident_between_steps_bytes", "activations_bytes",
            "parameters_bytes", "gradients_bytes", "moments_bytes");
        foreach (var name in (string[])["processor", "cores", "threads", "os"])
            Assert.NotEqual("", measured.Json.GetProperty("machine").GetProperty(name).GetString());
        Assert.NotEqual("", measured.Json.GetProperty("libraries").GetProperty("libtorch").GetString());
        Assert.Equal(("toy", "cpu", "fp32"), (Text("experiment"), Text("device"), Text("dtype")));
    }

    [Fact]
    public void Its_numbers_agree_with_each_other()
    {
        foreach (var name in (string[])["start_to_first_step_s",
            "step_ms", "flops_per_s", "peak_flops_per_s", "utilisation"])
            Assert.InRange(Number(name), 1e-9, 1e16);
        Assert.Equal((3, Steps, 16), (Number("warmup_steps"), Number("steps"), Number("batch")));
        Assert.Equal(16 / Number("step_ms") * 1000, Number("samples_per_s"), 1e-6 * Number("samples_per_s"));
        Assert.Equal(Number("flops_per_s") / Number("peak_flops_per_s"), Number("utilisation"), 1e-9);
        var arms = measured.Json.GetProperty("arms").EnumerateArray().ToArray();
        Assert.Equal(["rils", "clip"], arms.Select(arm => arm.GetProperty("arm").GetString()));
        Assert.Equal(arms.Sum(arm => Number(arm, "flops_per_sample")), Number("flops_per_sample"), 1.0);
        foreach (var arm in arms)
        {
            Assert.InRange(Number(arm, "step_ms"), 1e-3, 1e6);
            Assert.Equal(3 * Number(arm, "forward_flops_per_sample"), Number(arm, "flops_per_sample"), 1.0);
            // The arm is fp32, and each parameter is rounded up to 64 bytes. AdamW keeps two moments, and a step for
            // each group.
            Assert.InRange(Number(arm, "parameters_bytes"),
                4 * Number(arm, "parameters"), 8 * Number(arm, "parameters"));
            Assert.Equal(Number(arm, "parameters_bytes"), Number(arm, "gradients_bytes"));
            Assert.InRange(Number(arm, "moments_bytes"), 2 * Number(arm, "parameters_bytes"),
                2 * Number(arm, "parameters_bytes") + 64);
        }
        Assert.Equal(JsonValueKind.Null, arms[1].GetProperty("selected_share").ValueKind);
        Assert.InRange(Number(arms[0], "selected_share"), 0, 1);
        Assert.True(Number(arms[0], "flops_per_sample") > Number(arms[1], "flops_per_sample")
            || Number(arms[0], "selected_share") == 0);
        var loader = measured.Json.GetProperty("loader");
        Assert.InRange(Number(loader, "samples_per_s"), 1, 1e7);
        Assert.Equal(Number(loader, "samples_per_s") / Environment.ProcessorCount,
            Number(loader, "samples_per_s_per_core"), 1e-6 * Number(loader, "samples_per_s"));
        if (!OperatingSystem.IsLinux()) return;
        var memory = measured.Json.GetProperty("memory");
        Assert.InRange(Number(memory, "resident_between_steps_bytes"), 10 << 20, Number(memory, "peak_resident_bytes"));
    }

    [Fact]
    public void Shares_are_parts_of_one_whole()
    {
        foreach (var lane in (string[])["host_lane", "device_lane"])
        {
            double[] shares = [.. Systems(lane).Select(system => Number(system, "share")),
                Number(measured.Json.GetProperty(lane), "waiting_share")];
            Assert.All(shares, share => Assert.InRange(share, 0, 1));
            Assert.InRange(shares.Sum(), 0.3, 1 + 1e-9);
        }
        var host = Systems("host_lane").Select(system => system.GetProperty("system").GetString()!);
        Assert.Equal(["caption.texts", "caption.tokens", "data.load", "mask.noise", "pass.noise",
            "pin.EncodedCaptions", "pin.MaskNoise", "pin.PassNoise", "sample.DrawnCaption"],
            host.Order(StringComparer.Ordinal));
        Assert.Contains(Systems("device_lane"), system => system.GetProperty("arm").GetString() == "rils"
            && system.GetProperty("system").GetString() == "language.loss");
        Assert.Contains(Systems("device_lane"), system => system.GetProperty("arm").ValueKind == JsonValueKind.Null
            && system.GetProperty("system").GetString() == "upload.images");
        Assert.InRange(Number(measured.Json.GetProperty("device_lane"), "scheduler_us"), 0.1, 1e6);
    }

    [Fact]
    public void It_prints_tables_says_where_it_is_and_leaves_nothing_else()
    {
        Assert.StartsWith("toy: 5 steps of 16 samples after 3 to warm up, on cpu\n", measured.Outcome.Output);
        foreach (var said in (string[])["\nclip ", "\nrils ",
            "\nall ", " backward ", "(waiting)", "loading alone", "activations"])
            Assert.Contains(said, measured.Outcome.Output);
        Assert.DoesNotContain('\x1b', measured.Outcome.Output);
        var progress = measured.Outcome.Error.Split('\n');
        Assert.Contains("warm-up 3/3", progress);
        Assert.Contains(progress, line => line.StartsWith("step 5/5  ") && line.EndsWith(" ms"));
        Assert.Equal(measured.Before.Append(measured.Toy["bench.json"]).Order(StringComparer.Ordinal),
            measured.Files());
    }

    [Fact]
    public void What_cannot_be_is_found_before_anything_is_measured()
    {
        var nowhere = measured.Toy["nowhere/bench.json"];
        Assert.Equal($"error: --json {nowhere}: the folder of this file does not exist; make it first\n",
            Command.Here("bench", measured.Toy.Experiment, "--json", nowhere).Returns(2).Error);
        Assert.Contains("this is no path of a file to write",
            Command.Here("bench", measured.Toy.Experiment, "--json", Path.GetTempPath()).Returns(2).Error);
        Assert.StartsWith("--steps must be at least 1",
            Command.Here("bench", measured.Toy.Experiment, "--steps", "0").Returns(2).Error);
    }

    [Fact]
    public void An_arm_that_fails_ends_it()
    {
        var outcome = Command.Process("bench", measured.Toy.Experiment,
            "--steps", "10", "--set", "precision=fp32", "--set", "arm.clip.schedule.learning_rate=1e30",
            "--set", "arm.clip.schedule.start_learning_rate=1e30").Returns(1);
        Assert.Contains("error: metrics of arm clip failed at step 9: contrastive was NaN", outcome.Error);
    }

    [Fact]
    public void Bf16_is_measured_beside_products_in_bf16()
    {
        var path = measured.Toy["bf16.json"];
        Command.Process("bench", measured.Toy.Experiment, "--steps", "1", "--set", "precision=bf16", "--json", path)
            .Returns(0);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        File.Delete(path);
        Assert.Equal("bf16", json.RootElement.GetProperty("dtype").GetString());
        foreach (var arm in json.RootElement.GetProperty("arms").EnumerateArray())
            Assert.Equal(1.5 * Number(arm, "gradients_bytes"), Number(arm, "parameters_bytes"));
    }

    IEnumerable<JsonElement> Systems(string lane) =>
        measured.Json.GetProperty(lane).GetProperty("systems").EnumerateArray();

    string? Text(string name) => measured.Json.GetProperty(name).GetString();

    double Number(string name) => Number(measured.Json, name);

    static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    static void AssertKeys(JsonElement element, params string[] names) =>
        Assert.Equal(names, element.EnumerateObject().Select(property => property.Name));
}
