namespace Rils.Tests.Cli;

/// <summary><c>primary</c>, <c>margin</c> and a head's <c>validation</c>, from the file to the tables.</summary>
public sealed class PrimaryTests : IDisposable
{
    readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    [Fact]
    public void A_metric_that_the_head_lacks_ends_the_run_before_it_trains()
    {
        var error = Run("wrong", "primary=retrieval.image_to_text_r7").Returns(2).Error;
        Assert.Contains("primary = \"retrieval.image_to_text_r7\": head retrieval has no such metric; its metrics are "
            + "image_to_text_r1, ", error);
        Assert.False(Directory.Exists(toy["wrong"]));
    }

    [Theory]
    [InlineData("primary=knn.top1",
        "names no metric of a head; it is HEAD.METRIC, as in \"knn.top1\"; the heads are retrieval")]
    [InlineData("margin=0.1", "margin is a difference of `primary`: name that metric too")]
    public void What_is_wrong_is_told_at_once(string set, string says) =>
        Assert.Contains(says, Run("told", set).Returns(2).Error);

    [Fact]
    public void Validation_data_that_the_tables_show_are_refused() =>
        Assert.Contains("a choice by the data of the tables would flatter them",
            Run("told", $"head.retrieval.validation={toy["toy-*.tar"]}").Returns(2).Error);

    [Fact]
    public void Another_metric_later_leaves_the_run_and_its_weights_as_they_are_and_is_exploratory()
    {
        string[] begun = ["primary=retrieval.image_to_text_r1", "margin=0.1"];
        Run("run", begun).Returns(0);
        Run("plain").Returns(0);
        Assert.Equal(Weights("plain"), Weights("run"));
        var run = toy["run"];
        Assert.DoesNotContain("note:", Command.Here("compare", run).Returns(0).Output);
        Command.Here("run", "--resume", run, "--set", "seeds=[0,1]", "--set", "primary=retrieval.image_to_text_r5")
            .Returns(0);
        var output = Command.Here("compare", run).Returns(0).Output;
        Assert.Contains($"note: {run}: the primary metric was retrieval.image_to_text_r1 with margin 0.1 when the run "
            + "began, and is retrieval.image_to_text_r5 with margin 0.1 since it was resumed", output);
        Assert.Contains("retrieval, primary:", output);
    }

    [Fact]
    public void A_head_with_validation_data_chooses_there_and_tables_show_the_test()
    {
        toy.Hold(32);
        var output = Run("run", "sweep.masking.ratio=[0.5,0.75]", $"head.retrieval.validation={toy["held-*.tar"]}",
            "primary=retrieval.image_to_text_r10").Returns(0).Output;
        Assert.Contains("step 0/3  clip  retrieval (validation)  image_to_text_r1 ", output.Replace(
            "step 0/3  clip            retrieval", "step 0/3  clip  retrieval"));
        Assert.Contains("The best rils on the validation data by retrieval.image_to_text_r10 is rils-ratio-0.", output);
        Assert.DoesNotContain(output.Split('\n'), line => line.StartsWith("retrieval (validation)"));
        // The validation data are half of the test data, and judged as such.
        Assert.Contains("image_gallery 64", Caption());
        Assert.Contains("image_gallery 32", Caption("--head", "retrieval (validation)"));

        string Caption(params string[] more) => Command.Here(["compare", toy["run"], .. more]).Returns(0).Output
            .Split('\n').Last(line => line.StartsWith("retrieval"));
    }

    Outcome Run(string folder, params string[] sets) => Command.Here(["run", toy.Experiment, "--out", toy[folder],
        "--set", "steps=3", .. sets.SelectMany(set => (string[])["--set", set])]);

    byte[] Weights(string folder) =>
        File.ReadAllBytes(Path.Combine(toy[folder], "seed-0", "rils", "model.safetensors"));
}
