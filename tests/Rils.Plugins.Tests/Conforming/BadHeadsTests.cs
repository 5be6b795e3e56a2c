using Rils.Contract;
using Rils.Testing;
using Rils.Testing.Checks;
using TorchSharp;
using static Rils.Tests.Conforming.Wrong;
using static TorchSharp.torch;

namespace Rils.Tests.Conforming;

/// <summary>Heads that are wrong in one way, found by an evaluation of the kit's arms.</summary>
public sealed class BadHeadsTests
{
    [Theory]
    [WrongFor(typeof(HeadCheck))]
    [InlineData("evaluates", "", "gives NaN for mean")]
    [InlineData("evaluates", "CanEvaluate", "the head fails on arm without-texts")]
    [InlineData("evaluates", "keys", "gives two samples the same key")]
    [InlineData("evaluates", "changes", "the head fails on arm tiny")]
    [InlineData("evaluates", "weights", "changes")]
    [InlineData("evaluates", "needs", "the head fails on arm")]
    [InlineData("components", "", "is another one where samples have components that Reads does not list")]
    [InlineData("same result twice", "", "a second evaluation of the same weights gives another result for mean")]
    [InlineData("batches", "", "is another one where the same samples come in one batch in place of three")]
    [InlineData("living tensors", "", "an evaluation keeps")]
    [InlineData("bf16", "", "with precision = \"bf16\" the head fails on arm")]
    [InlineData("declared", "", "mean has another reading, unit or chance")]
    [InlineData("declared", "reference", "samples is a reference, and another number for another arm")]
    public void A_wrong_head_is_found(string check, string way, string what) => Finds(check, what, rils =>
        rils.Head<None>("bad", (_, _) => new BadHead(way.Length > 0 ? way : check)));

    [Fact]
    public void A_right_head_passes()
    {
        var report = Conformance.Check(new Plugin(rils =>
            rils.Head<None>("good", static (_, context) => new BadHead(""))));
        Assert.Equal(["documented", "evaluates", "components", "same result twice", "batches", "living tensors", "bf16",
            "declared"],
            report.Passed.Select(passed => passed.Split('"')[^2]));
        Assert.Empty(report.LeftOut);
    }

    [Fact]
    public void A_head_that_reads_what_it_does_not_declare_is_told_so() => Assert.Contains("list by Reads",
        Findings(rils => rils.Head<None>("bad", static (_, _) => new BadHead("needs")))[0].Fix);

    [Fact]
    public void A_head_that_can_evaluate_nothing_is_left_out_with_the_reason() => Assert.Contains(
        "[head] kind = \"idle\": CanEvaluate is false for every arm of the kit",
        Assert.Single(Conformance.Check(new Plugin(rils =>
            rils.Head<None>("idle", static (_, _) => new BadHead("nothing")))).LeftOut));

    /// <summary>The mean of all features, sample by sample; with one mistake.</summary>
    sealed class BadHead(string wrong) : IHead
    {
        static readonly List<Tensor> kept = [];
        readonly List<(string Key, double Value)> found = [];
        readonly List<double> batches = [];
        ArmModel? model;
        double offset;

        public bool CanEvaluate(ArmModel model) => wrong != "nothing";

        public void Begin(ArmModel model)
        {
            (this.model, offset) = (model, wrong == "same result twice" ? Elsewhere.NextDouble() : 0);
            if (wrong == "CanEvaluate") model.EmbedTexts(["a dog"]).Dispose();
        }

        public void Add(EvaluationBatch batch)
        {
            var features = batch.ImageFeatures.to(wrong == "bf16" ? batch.ImageFeatures.dtype : ScalarType.Float32);
            if (wrong == "changes") batch.ImageFeatures.mul_(0);
            if (wrong == "weights") model!.Backbone.parameters().First().mul_(2);
            if (wrong == "living tensors") kept.Add(features.clone().DetachFromDisposeScope());
            double[] means = [.. features.mean([1]).data<float>().Select(value => (double)value)];
            batches.Add(means.Average());
            foreach (var (sample, mean) in batch.Samples.Zip(means))
                found.Add((wrong == "keys" ? "same" : sample.Key, mean + (wrong switch
                {
                    "components" => sample.Find<Label>()?.Number ?? 0,
                    "needs" => sample.Find<Label>()!.Number,
                    "evaluates" => double.NaN,
                    _ => offset,
                })));
        }

        public HeadResult Finish()
        {
            var mean = wrong == "batches" ? batches.Average() : found.Average(sample => sample.Value);
            var hasTexts = model!.Text is not null;
            var result = new HeadResult(new Dictionary<string, HeadMetric>
            {
                ["mean"] = new(mean) { Unit = wrong == "declared" && hasTexts ? "px" : null },
                ["samples"] = new(wrong == "reference" && hasTexts ? 1 : found.Count)
                {
                    Reading = MetricReading.Reference,
                },
            });
            return wrong == "batches" ? result : result with
            {
                Samples = [new([.. found.Select(sample => sample.Key)], new Dictionary<string, IReadOnlyList<double>>
                {
                    ["mean"] = [.. found.Select(sample => sample.Value)],
                })],
            };
        }
    }
}
