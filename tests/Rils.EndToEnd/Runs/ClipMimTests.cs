using Rils.Engine.WeightFiles;

namespace Rils.Tests.Engine.Runs;

/// <summary>CLIP, then masked modelling of its features, in one file; the tests compare bytes.</summary>
public abstract class ClipMimTests(string precision) : IDisposable
{
    readonly TinyExperiment tiny = new(precision);

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void The_source_arm_does_not_notice_it_in_whatever_order_the_arms_stand()
    {
        var alone = tiny.Run(tiny.Write(TinyExperiment.Clip));
        var (forward, backward) = (tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Mim)),
            tiny.Run(tiny.Write(TinyExperiment.Mim, TinyExperiment.Clip)));
        Assert.Equal(TinyExperiment.Weights(alone, "clip"), TinyExperiment.Weights(forward, "clip"));
        Assert.Equal(TinyExperiment.Weights(alone, "clip"), TinyExperiment.Weights(backward, "clip"));
        Assert.Equal(TinyExperiment.Weights(forward, "mim"), TinyExperiment.Weights(backward, "mim"));
    }

    [Fact]
    public void A_teacher_of_the_file_of_a_run_and_of_a_path_are_one()
    {
        var together = tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Mim));
        var expected = TinyExperiment.Weights(together, "mim");
        var earlier = tiny.Run(tiny.Write(TinyExperiment.Clip));
        var ofRun = tiny.Run(tiny.Write(TinyExperiment.Mim.Replace("from = \"clip\"",
            $"from = \"clip\", run = \"{earlier}\"")));
        Assert.Equal(expected, TinyExperiment.Weights(ofRun, "mim"));
        var path = Path.Combine(earlier, "seed-0", "clip", "model.safetensors");
        var ofPath = tiny.Run(tiny.Write(TinyExperiment.Mim.Replace("from = \"clip\"", $"path = \"{path}\"")));
        Assert.Equal(expected, TinyExperiment.Weights(ofPath, "mim"));
    }

    [Fact]
    public void A_frozen_teacher_guides_the_language_target()
    {
        var with = tiny.Run(tiny.Write(TinyExperiment.Clip,
            TinyExperiment.Rils + "\nteacher = { kind = \"frozen\", from = \"clip\" }"),
            null, null, "arm.rils.target.gate=none");
        var without = tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Rils),
            null, null, "arm.rils.target.gate=none");
        Assert.Equal(TinyExperiment.Weights(with, "clip"), TinyExperiment.Weights(without, "clip"));
        Assert.NotEqual(TinyExperiment.Weights(with, "rils"), TinyExperiment.Weights(without, "rils"));
    }

    /// <summary>The run stops at every drain of metrics: in the first phase, between the two, and in the
    /// second.</summary>
    [Theory]
    [InlineData("{ kind = \"frozen\", from = \"clip\" }")]
    [InlineData("{ kind = \"ema\", momentum = 0.9 }")]
    public void Stopped_in_either_phase_it_ends_with_the_same_bytes(string teacher)
    {
        string[] sets = ["steps=24", "checkpoint.every=7"];
        var file = tiny.Write(TinyExperiment.Clip,
            TinyExperiment.Mim.Replace("{ kind = \"frozen\", from = \"clip\" }", teacher));
        var (whole, stopped) = (tiny["whole"], tiny["stopped"]);
        tiny.RunIn(whole, file, null, null, CancellationToken.None, sets);
        var last = teacher.Contains("frozen") ? "seed-0/phase-2" : "seed-0";
        for (var sessions = 0; !File.Exists(Path.Combine(stopped, last, "outcome.json")); sessions++)
        {
            Assert.True(sessions < 20, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            tiny.RunIn(stopped, file, null, new CallbackSink(_ => stop.Cancel()), stop.Token, sets);
        }
        foreach (var arm in (string[])["clip", "mim"])
            Assert.Equal(TinyExperiment.Weights(whole, arm), TinyExperiment.Weights(stopped, arm));
        Assert.Equal(File.ReadAllText(Path.Combine(whole, last, "outcome.json")),
            File.ReadAllText(Path.Combine(stopped, last, "outcome.json")));
        var saved = Directory.GetFiles(whole, "mim.safetensors", SearchOption.AllDirectories)
            .SelectMany(one => SafeTensors.Read(one).Keys).ToArray();
        Assert.NotEmpty(saved);
        Assert.Equal(teacher.Contains("ema"),
            saved.Any(name => name.StartsWith("TeacherWeights/", StringComparison.Ordinal)));
    }
}

public sealed class ClipMimInFp32Tests() : ClipMimTests("fp32");

public sealed class ClipMimInBf16Tests() : ClipMimTests("bf16");
