using Rils.Contract;
using Rils.Scheduling;
using Rils.Testing;
using Rils.Testing.Checks;
using TorchSharp;
using TorchSharp.Modules;
using static Rils.Tests.Conforming.Wrong;
using static TorchSharp.torch;

namespace Rils.Tests.Conforming;

/// <summary>Losses that are wrong in one way, found by the arm that trains with them.</summary>
public sealed class BadArmsTests
{
    [Theory]
    [WrongFor(typeof(ArmCheck))]
    [InlineData("trains", "changes")]
    [InlineData("same result twice", "two runs of 4 steps from one seed end with other State")]
    [InlineData("resume", "a run that goes on from its checkpoint of step 2 ends with other State")]
    [InlineData("living tensors", "a step leaves 1 tensors alive")]
    [InlineData("gradients", "no gradient arrives at bad.unused")]
    [InlineData("parts", "weights after 2 steps differ by")]
    [InlineData("bf16", "with precision = \"bf16\" the arm stops: ")]
    public void A_wrong_loss_is_found(string check, string what) => Finds(check, what, Loss(check));

    [Fact]
    public void A_right_loss_passes()
    {
        var report = Conformance.Check(new Plugin(Loss("")));
        Assert.Equal(["documented", .. OfArms], report.Passed.Select(passed => passed.Split('"')[^2]));
        Assert.Empty(report.LeftOut);
    }

    /// <summary>A loss of a classifier, with one mistake.</summary>
    static Action<IRilsBuilder> Loss(string wrong) => rils => rils
        .Objective<None>("bad")
        .System(Stage.Setup, "bad.setup", new Setup(new Bad(wrong).Setup))
        .System(Stage.Objective, "bad.loss", new Add(new Bad(wrong).Loss));

    delegate void Setup(in None options, in BackboneShape shape, in Seed seed, out Learned learned,
        Append<Trainable> trained);

    delegate void Add(in None options, in Learned learned, in ImageFeatures images, in Images pixels,
        in BatchParts cut, Append<LossTerm> losses);

    sealed record Learned(Layers Layers) : IBackedBy<Weights>
    {
        /// <summary>The number of steps that this session has made, which no checkpoint holds.</summary>
        public int Steps { get; set; }
    }

    sealed class Layers : nn.Module
    {
        public Linear Linear { get; }

        readonly Linear? unused;

        public Layers(int width, bool hasUnused) : base("layers")
        {
            Linear = nn.Linear(width, 3, hasBias: false);
            if (hasUnused) unused = nn.Linear(2, 2, hasBias: false);
            register_module("linear", Linear);
            if (unused is not null) register_module("unused", unused);
        }
    }

    sealed class Bad(string wrong)
    {
        public void Setup(in None options, in BackboneShape shape, in Seed seed, out Learned learned,
            Append<Trainable> trained)
        {
            learned = new(new(shape.Width, wrong == "gradients"));
            foreach (var (name, weight) in learned.Layers.named_parameters())
                Initialization.Normal(weight, 0.3, seed.Initialization("bad").Fork(name));
            trained.Add(new("bad.", learned.Layers));
        }

        public void Loss(in None options, in Learned learned, in ImageFeatures images, in Images pixels,
            in BatchParts cut, Append<LossTerm> losses)
        {
            var linear = learned.Layers.Linear;
            if (wrong == "trains") pixels.Pixels.mul_(2);
            if (wrong == "living tensors") zeros(1).DetachFromDisposeScope();
            var rows = images.Vectors.to(wrong == "bf16" ? ScalarType.Float32 : linear.weight!.dtype);
            var squares = cut.Run(linear, parts => Rows(linear.forward(parts[0])).square().mean([1]), [rows]);
            var factor = wrong switch
            {
                "same result twice" => Elsewhere.NextDouble(),
                "resume" => ++learned.Steps,
                _ => 1,
            };
            losses.Add(new("bad", squares.to(ScalarType.Float32).mean() * factor));
        }

        Tensor Rows(Tensor rows) => wrong == "parts" ? rows - rows.mean([0], keepdim: true) : rows;
    }

    [Fact]
    public void State_that_no_checkpoint_would_hold_is_found() => Assert.Contains(
        "count.step updates Count, State that no checkpoint would hold",
        Assert.Single(Findings(static rils => rils.Component<None>("count")
            .System(Stage.Setup, "count.setup", SetupCount).System(Stage.Update, "count.step", Increase))).What);

    sealed record Count;

    static void SetupCount(in None options, out Count count) => count = new();

    static void Increase(in Weights weights, ref Count count) => count = new();

    [Fact]
    public void An_arm_that_lacks_what_another_plugin_makes_is_left_out_with_the_reason() => Assert.Contains(
        Conformance.Check(new Plugin(static rils => rils.Objective<None>("lone")
            .System(Stage.Objective, "lone", Lone))).LeftOut, left => left.StartsWith(
                "an arm with [objective] kind = \"lone\" of None { }: ", StringComparison.Ordinal));

    sealed record Foreign;

    static void Lone(in None options, in Foreign foreign, Append<LossTerm> losses) { }
}
