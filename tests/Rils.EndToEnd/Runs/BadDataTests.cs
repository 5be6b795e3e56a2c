using System.Text;
using System.Text.Json.Nodes;
using Rils.Configuration;
using Rils.Contract;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Plugins.Imaging;
using Rils.Tests.Plugins.WebDataset;
using Picture = Rils.Tests.Plugins.Imaging.Picture;

namespace Rils.Tests.Engine.Runs;

/// <summary>Real runs name and count spoilt samples and shards, replace the samples in training and leave them out of
/// evaluations.</summary>
public sealed class BadDataTests : IDisposable
{
    readonly SpoiltData data = new();

    public static TheoryData<string, string> Mistakes => new()
    {
        { "corrupt", "sample `train-0/007`: the bytes are no image that can be decoded" },
        { "text", "sample `train-0/007`: the bytes are no image that can be decoded" },
        { "empty", "sample `train-0/007` has an image of 0 bytes; it has an image, a .txt" },
        { "huge", "sample `train-0/007`: the image has 30000 x 20000 = 600 megapixels; the most is 100" },
        { "no image", "sample `train-0/007` has no image (jpg, jpeg, png, webp); it has a .txt" },
        { "latin", "sample `train-0/007`: its caption (.txt) is not valid UTF-8: byte 0xE9 at offset 3, in line 1" },
        { "json", "sample `train-0/007`: its .json, the only place where its caption could be, is broken" },
    };

    static IReadOnlyList<(string, byte[])> Spoil(string how) => how switch
    {
        "corrupt" =>
            [(".jpg", [.. SpoiltData.Image[..(SpoiltData.Image.Length / 2)]]), (".txt", SpoiltData.Caption(7))],
        "text" => [(".jpg", Encoding.UTF8.GetBytes("<html>not found</html>")), (".txt", SpoiltData.Caption(7))],
        "empty" => [(".jpg", []), (".txt", SpoiltData.Caption(7))],
        "huge" => [(".png", Picture.PngClaiming(30_000, 20_000)), (".txt", SpoiltData.Caption(7))],
        "no image" => [(".txt", SpoiltData.Caption(7))],
        "class" =>
            [(".jpg", SpoiltData.Image), (".txt", SpoiltData.Caption(7)), (".cls", Encoding.UTF8.GetBytes("boat"))],
        "latin" => [(".jpg", SpoiltData.Image), (".txt", [(byte)'c', (byte)'a', (byte)'f', 0xE9])],
        "json" => [(".jpg", SpoiltData.Image), (".json", Encoding.UTF8.GetBytes("{"))],
        _ => [(".jpg", SpoiltData.Image)],
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_bad_sample_is_named_once_replaced_in_training_and_left_out_of_evaluations(string how, string message)
    {
        data.Spoilt[7] = Spoil(how);
        data.Write();
        var run = data.Run("run");
        Assert.Equal(2, data.Log.Lines.Count);
        Assert.Single(data.Log.Lines, line => line.StartsWith($"sample left out and replaced (1 of 240): {message}"));
        Assert.Single(data.Log.Lines,
            line => line.StartsWith($"sample left out of the evaluation (1 of 240): {message}"));
        Assert.Equal(12, TinyExperiment.Metrics(run, "rils").Length);
        // The replacement depends on the sample alone: the same run gives the same bytes, whatever the threads did.
        var again = data.Run("again");
        foreach (var arm in (string[])["rils", "clip"])
            Assert.Equal(TinyExperiment.Weights(run, arm), TinyExperiment.Weights(again, arm));
        Assert.Equal(File.ReadAllText(Path.Combine(run, "seed-0/outcome.json")),
            File.ReadAllText(Path.Combine(again, "seed-0/outcome.json")));
    }

    [Fact]
    public void An_image_without_a_caption_is_bad_for_training_only()
    {
        data.Spoilt[7] = Spoil("no caption");
        data.Write();
        data.Run("run");
        Assert.Equal(["sample left out and replaced (1 of 240): sample `train-0/007` has no caption; it has an image"],
            data.Log.Lines);
    }

    [Fact]
    public void A_class_that_is_no_number_is_bad_where_a_head_reads_classes_and_nowhere_else()
    {
        data.Spoilt[7] = Spoil("class");
        data.Write();
        data.Run("run");
        Assert.Equal(["sample left out of the evaluation (1 of 240): "
            + "sample `train-0/007`: its class should be a number from 0, and is `boat`"], data.Log.Lines);
    }

    [Fact]
    public void Samples_that_are_odd_and_used_are_told_once_and_counted()
    {
        foreach (var number in (int[])[7, 80, 200])
            data.Spoilt[number] = [(".jpg", SpoiltData.Image), (".txt", [(byte)' ']),
                (".json", "{\"caption\": \"a boat\"}"u8.ToArray())];
        data.Write();
        data.Run("run");
        Assert.Equal(2, data.Log.Lines.Count(line =>
            line.EndsWith(
            "`: its .txt is blank, so the caption of its .json is taken; others like it are only counted")));
        Assert.Equal(2, data.Log.Lines.Count(line =>
            line == $"3 of the 240 samples of {data["train-*.tar"]} are odd: "
                + "its .txt is blank, so the caption of its .json is taken"));
        Assert.Equal(4, data.Log.Lines.Count);
    }

    [Fact]
    public void More_than_one_percent_of_the_training_samples_end_the_run()
    {
        foreach (var number in (int[])[7, 80, 200]) data.Spoilt[number] = [(".jpg", SpoiltData.Image)];
        data.Write();
        var error = Assert.Throws<SystemFailedException>(() => data.Run("run"));
        Assert.Matches(@"^data\.load failed at step \d+: "
            + $@"3 of the 240 samples of {data["train-*.tar"].Replace("*", "\\*")} cannot be used, more than 1%: "
            + "repair them or leave their shards out; the last one: "
            + "sample `train-[01]/(007|080|200)` has no caption; it has an image$", error.Message);
        Assert.Equal(3, data.Log.Lines.Count);
    }

    [Fact]
    public void Stopped_after_every_step_a_run_ends_where_the_uninterrupted_one_does()
    {
        foreach (var number in (int[])[7, 80, 200]) data.Spoilt[number] = [(".jpg", SpoiltData.Image)];
        data.Write();
        string[] sets = ["epochs=3", "checkpoint.every=1"];
        var whole = Assert.Throws<SystemFailedException>(() => data.Run("whole", null, sets));
        var (error, sessions) = StopAfterEveryStep("stopped", sets);
        Assert.Equal(whole.Message, Assert.IsType<SystemFailedException>(error).Message);
        Assert.InRange(sessions, 3, 36);
        Assert.Equal(File.ReadAllText(data["whole/seed-0/bad-samples.jsonl"]),
            File.ReadAllText(data["stopped/seed-0/bad-samples.jsonl"]));
        Assert.Equal(3, File.ReadLines(data["whole/seed-0/bad-samples.jsonl"]).Count());
    }

    [Fact]
    public void Stopped_after_every_step_a_run_lists_and_replaces_the_same_samples()
    {
        foreach (var number in (int[])[7, 80]) data.Spoilt[number] = Spoil("text");
        data.Write();
        var whole = data.Run("whole", null, "checkpoint.every=1");
        Assert.Null(StopAfterEveryStep("stopped", "checkpoint.every=1").Error);
        foreach (var file in (string[])["seed-0/outcome.json", "seed-0/bad-samples.jsonl", "seed-0/metrics.jsonl"])
            Assert.Equal(File.ReadAllText(Path.Combine(whole, file)),
                File.ReadAllText(Path.Combine(data["stopped"], file)));
        string[] lines = [.. File.ReadLines(Path.Combine(whole, "seed-0", "bad-samples.jsonl"))];
        Assert.StartsWith($$"""{"step":0,"data":"{{data["train-*.tar"]}}","index":7,"""
            + "\"fate\":\"left out of the evaluation\",\"cause\":\"sample `train-0/007`: the bytes", lines[0]);
        Assert.Equal(["left out of the evaluation", "left out of the evaluation",
            "left out and replaced", "left out and replaced"],
            lines.Select(line => JsonNode.Parse(line)!["fate"]!.GetValue<string>()));
        using var folder = RunFolder.Open(whole);
        var (count, lists) = folder.BadSamples();
        Assert.Equal(2, count);
        Assert.Equal([Path.Combine("seed-0", "bad-samples.jsonl")], lists);
    }

    /// <summary>Resumes a run until it ends or fails. Returns the failure, or null, and the number of
    /// sessions.</summary>
    (Exception? Error, int Sessions) StopAfterEveryStep(string name, params string[] sets)
    {
        for (var sessions = 1; ; sessions++)
        {
            using var stop = new CancellationTokenSource();
            data.Stopping = stop.Token;
            var error = Record.Exception(() => data.Run(name, new CallbackSink(_ => stop.Cancel()), sets));
            if (error is not null || File.Exists(data[$"{name}/seed-0/outcome.json"])) return (error, sessions);
            Assert.True(sessions < 50, "resuming makes no progress");
        }
    }

    [Fact]
    public void More_than_one_percent_of_the_evaluation_samples_end_the_run()
    {
        foreach (var number in (int[])[7, 80, 200]) data.Spoilt[number] = Spoil("text");
        data.Write();
        var error = Assert.Throws<InvalidDataException>(() => data.Run("run"));
        Assert.StartsWith($"3 of the 240 samples of {data["train-*.tar"]} cannot be used, more than 1%", error.Message);
        Assert.DoesNotContain(data.Log.Lines, line => line.Contains("replaced"));
    }

    [Fact]
    public void A_class_that_the_heads_list_lacks_costs_that_heads_result_and_both_names_are_told()
    {
        data.Spoilt[7] = [(".jpg", SpoiltData.Image), (".txt", SpoiltData.Caption(7)), (".cls", [(byte)'9'])];
        data.Write();
        List<HeadOutcome> evaluated = [];
        Assert.Empty(data.Failures("run", new CallbackSink(evaluated: evaluated.Add)));
        var failures = evaluated.Where(outcome => outcome.Head == "zero-shot").ToArray();
        Assert.NotEmpty(failures);
        Assert.All(failures, outcome =>
            Assert.EndsWith($"sample 'train-0/007' has class 9, but {data["classes.json"]} lists 2 (0 to 1)",
            outcome.Failure));
        Assert.All(evaluated.Where(outcome => outcome.Head == "retrieval"), outcome => Assert.Null(outcome.Failure));
    }

    [Fact]
    public void A_shard_that_changes_during_the_run_ends_it()
    {
        data.Write();
        var error = Assert.Throws<SystemFailedException>(() => data.Run("run", new CallbackSink(_ =>
            File.SetLastWriteTimeUtc(data["train-1.tar"], DateTime.UnixEpoch)), "epochs=4"));
        Assert.Contains($"the file `{data["train-1.tar"]}` changed after it was indexed", error.Message);
    }

    [Fact]
    public void A_shard_that_changed_between_two_runs_is_indexed_again()
    {
        data.Write();
        data.Run("before");
        data.Spoilt[0] = [(".jpg", Picture.Jpeg(Picture.Waves(70, 64), 70, 64)), (".txt", SpoiltData.Caption(0))];
        data.Write();
        data.Run("after");
        Assert.Empty(data.Log.Lines);
    }

    [Theory]
    [InlineData("cut", "train-1.tar`: it is cut off: `")]
    [InlineData("nothing",
        "train-1.tar`: it is cut off: the mark of a tar file's end is missing at byte 0. Copy or download it again")]
    [InlineData("page", "train-1.tar`: ")]
    [InlineData("folder", "is a folder, and no file: ")]
    public void A_shard_that_is_no_whole_tar_file_is_refused_before_the_run(string how, string message)
    {
        data.Write();
        var shard = data["train-1.tar"];
        if (how == "cut") File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..70_000]);
        else if (how == "nothing") File.WriteAllBytes(shard, []);
        else if (how == "page") File.WriteAllText(shard, "<html>" + new string('x', 4000));
        else
        {
            File.Delete(shard);
            Directory.CreateDirectory(shard);
        }
        var error = Assert.Throws<ExperimentException>(() => data.Run("run", null, $"data.train={shard}"));
        Assert.Contains(message, error.Message);
        Assert.False(Directory.Exists(data["run"]));
    }

    [Fact]
    public void A_shard_without_samples_adds_none_and_a_list_that_matches_nothing_is_refused()
    {
        data.Write();
        Shard.Write(data["train-2.tar"], Array.Empty<(string, string)>());
        data.Run("run");
        Assert.Empty(data.Log.Lines);
        var error = Assert.Throws<ExperimentException>(() => data.Run("none",
            null, $"data.train={data["nope-*.tar"]}"));
        Assert.Contains($"no shard matches `{data["nope-*.tar"]}`: there is no file `nope-*.tar` in", error.Message);
        Assert.Contains("train-0.tar", error.Message);
    }

    public void Dispose() => data.Dispose();
}
