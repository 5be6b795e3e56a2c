using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Contract;
using Rils.Files;
using Rils.Runs;
using ArmDifference = Rils.Analysis.Findings.Difference;

namespace Rils.Tests.Analysis;

/// <summary>Runs of several folders side by side: how they may differ, and what is told of it.</summary>
public sealed class JoiningTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-join-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string this[string name] => Path.Combine(folder, name);

    [Fact]
    public void Equal_arms_of_two_folders_are_one_and_others_of_one_name_go_by_their_folders()
    {
        var (first, second) = (new FakeRun().Write(this["first"]),
            new FakeRun { Arms = [("rils", 0.8), ("clip", 0.4)] }.Write(this["second"]));
        Assert.Equal(["rils@first", "clip", "rils@second"], Comparer.Compare([first, second], new()).Arms);
        Assert.Equal(["rils", "clip"], Comparer.Compare([first, first + "/"], new()).Arms);
        var twin = new FakeRun { Arms = [("rils", 0.8)] }.Write(this["other/first"]);
        Assert.Equal([$"rils@{first}", "clip", $"rils@{twin}"], Comparer.Compare([first, twin], new()).Arms);
    }

    [Fact]
    public void Runs_that_differ_in_more_than_their_arms_are_refused_with_the_difference()
    {
        var run = new FakeRun { Head = "every = 4" }.Write(this["run"]);
        string Against(FakeRun other) => Refusal(() => Comparer.Compare([run, other.Write(this["other"])], new()));
        Assert.Contains($"precision is bf16 in {run} and fp32 in {this["other"]}",
            Against(new() { Precision = "fp32" }));
        Assert.Contains("data.image is absent in", Against(new() { Data = "image = 32" }));
        Assert.Contains("head.zero-shot.classes is absent in", Against(new() { Head = "classes = \"/c.json\"" }));
        Assert.Contains("head.other.kind is absent in", Against(new() { Head = "name = \"other\"" }));
        Assert.Contains($"seeds is 0, 1, 2, 3, 4, 5 in {run} and 0, 1 in", Against(new() { Seeds = [1, 0] }));
        Assert.Contains("head zero-shot judged other samples for top1 in",
            Against(new() { KeyPrefix = "image-", Arms = [("new", 0.5)] }));
        Assert.Contains("device is cpu in", Assert.Single(Comparer.Compare([run,
            new FakeRun { Device = "cuda:0" }.Write(this["other"])], new()).Notes));
    }

    [Fact]
    public void Runs_of_whole_recipes_are_compared_and_told_to_be_unpaired()
    {
        var run = new FakeRun().Write(this["run"]);
        var other = new FakeRun
        {
            Arms = [("mae", 0.4)], Data = "batch = 32\naugmentation = { kind = \"random-resized-crop\", flip = true }",
        }.Write(this["other"]);
        var comparison = Comparer.Compare([run, other], new());
        Assert.Equal(["rils", "clip", "mae"], comparison.Arms);
        Assert.Equal(((string[])
        [
            $"data.augmentation.flip is absent in {run} and true in {other}",
            $"data.augmentation.kind is absent in {run} and \"random-resized-crop\" in {other}",
            $"data.batch is absent in {run} and 32 in {other}",
        ]).Select(line => $"unpaired, since arms that read it saw other images: {line}"),
            comparison.Notes.Order(StringComparer.Ordinal));
    }

    static Dictionary<string, DataIdentity> Data(string content, string state = "", string path = "/data/train.tar") =>
        new() { [path] = new(40, [new("train", content, state)]) };

    [Fact]
    public void Runs_on_other_data_of_one_name_are_refused_or_noted_where_that_was_accepted()
    {
        var run = new FakeRun { Sources = Data("a", "2026-01-01") }.Write(this["run"]);
        string Write(FakeRun other) => other.Write(this["other"]);
        Assert.Contains("data.train is 40 samples in 1 part with SHA-256 ",
            Refusal(() => Comparer.Compare([run, Write(new() { Sources = Data("b") })], new())));
        Assert.Contains("data.train is 40 samples in 1 part with SHA-256 ",
            Refusal(() => Comparer.Compare([Write(new() { Sources = Data("b") }), run], new())));
        // The pattern of a head's data may be the same in both runs and name other samples.
        Assert.Contains("head.zero-shot.data is ", Refusal(() => Comparer.Compare(
            [new FakeRun { Sources = Data("a", path: "/data/val.tar") }.Write(this["val"]),
                Write(new() { Sources = Data("b", path: "/data/val.tar") })], new())));
        var accepted = Comparer.Compare([run, Write(new() { Sources = Data("b"), Accepted = ["data"] })], new()).Notes;
        Assert.Matches(@"^data\.train is .* \(accepted\)$", accepted[0]);
        Assert.Equal($"data.train is of the time 2026-01-01 in {run} and of the time 2026-01-02 in {this["other"]}",
            Assert.Single(Comparer.Compare([run, Write(new() { Sources = Data("a", "2026-01-02") })], new()).Notes));
    }

    [Fact]
    public void Another_engine_and_what_changed_on_the_way_are_notes()
    {
        var run =
            new FakeRun { Engine = new() { ["Rils.Engine.dll"] = "a",
                ["Rils.Scheduling.dll"] = "a" } }.Write(this["run"]);
        var other = new FakeRun { Engine = new() { ["Rils.Engine.dll"] = "b", ["Rils.Scheduling.dll"] = "a" },
            Stretches = [new(3, 1, 40, [new("threads", "2", "1")])] }.Write(this["other"]);
        Assert.Equal([$"the engine of {run} and {other} come from different builds: Rils.Engine.dll",
            $"{other}: from step 40 of seed 3 on, threads was 2 and is 1"], Comparer.Compare([run, other],
            new()).Notes);
    }

    [Fact]
    public void An_experiment_that_was_edited_after_the_run_is_refused_with_both_values()
    {
        var run = new FakeRun().Write(this["run"]);
        var file = Path.Combine(run, "experiment.toml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("/data/train.tar", "/data/other.tar"));
        Assert.Equal($"{file} was edited after the run: undo that\n"
            + "  data.train was \"/data/train.tar\" and is \"/data/other.tar\"", Refusal(() => Compare(run, null)));
    }

    static Comparison Compare(string run, string? baseline) => Comparer.Compare([run], new() { Baseline = baseline });

    static string Refusal(Action action) => Assert.Throws<InvalidDataException>(action).Message;
}
