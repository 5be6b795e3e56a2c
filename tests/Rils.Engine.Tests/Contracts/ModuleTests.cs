using Rils.Contract;
using Rils.Runs;
using Rils.Scheduling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>The engine refuses modules that compute with tensors that no optimizer would know.</summary>
public sealed class ModuleTests : IDisposable
{
    static readonly string Arm =
        $"[[arm]]\nname = \"odd\"\nobjective = [{{ kind = \"contrastive\" }}, {StrangeExperiment.Kind}]";

    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    /// <summary>A plugin's own module in the arm; its loss computes with the module.</summary>
    sealed class Extra : nn.Module, IBackedBy<Weights>
    {
        public object? Held;
        public Func<Extra, Tensor, Tensor> Loss = (extra, vectors) =>
            (vectors.to(ScalarType.Float32) * extra.Scale).mean();
        Parameter scale = new(ones(1));

        public Extra(Func<object?> held, bool registersHeld = false) : base("extra")
        {
            if (registersHeld) Held = held();
            RegisterComponents(); // registers fields only, with the values that they have by now
            Held ??= held();
        }

        public Parameter Scale => scale;

        public void Replace() => scale = new(ones(1));
    }

    delegate void SetUp(in StrangePlugin.None options, out Extra extra, Append<Trainable> parts);

    delegate void Ask(in Extra extra, in StrangePlugin.None options, in ImageEmbedding images, Append<LossTerm> losses);

    static Action<IRilsBuilder> With(Func<Extra> make) => rils => rils.Objective<StrangePlugin.None>("strange")
        .System(Stage.Setup, "odd.setup", (SetUp)((in StrangePlugin.None _, out Extra extra, Append<Trainable> parts) =>
        {
            extra = make();
            parts.Add(new("extra.", extra));
        }))
        .System(Stage.Objective, "odd.loss",
        (Ask)((in Extra extra, in StrangePlugin.None _, in ImageEmbedding images, Append<LossTerm> losses) =>
            losses.Add(new(losses.Name, extra.Loss(extra, images.Vectors)))));

    sealed record Holder(Extra Inside) : IBackedBy<Weights>;

    delegate void Hold(in StrangePlugin.None options, out Holder holder);

    delegate void AskHolder(
        in Holder holder, in StrangePlugin.None options, in ImageEmbedding images, Append<LossTerm> losses);

    /// <summary>A system that forgets to append its module would let the arm learn through random numbers; a module
    /// that is frozen on purpose may stay out.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_module_that_nobody_trains_is_told(bool isFrozen)
    {
        Action<IRilsBuilder> forgetful = rils => rils.Objective<StrangePlugin.None>("strange")
            .System(Stage.Setup, "odd.setup", (Hold)((in StrangePlugin.None _, out Holder holder) =>
            {
                holder = new(new(() => null));
                holder.Inside.Scale.requires_grad = !isFrozen;
            }))
            .System(Stage.Objective, "odd.loss", (AskHolder)((
                in Holder holder, in StrangePlugin.None _, in ImageEmbedding images, Append<LossTerm> losses) =>
                losses.Add(new(losses.Name, holder.Inside.Loss(holder.Inside, images.Vectors)))));
        if (isFrozen)
            Assert.All(strange.Run(strange.Tiny["frozen"], forgetful, strange.Tiny.Write(Arm)),
                outcome => Assert.Null(outcome.Failure));
        else
            Assert.Contains("Holder of odd.setup (plugin Strange): expected modules that the arm trains, got Extra "
                + "with scale, which no optimizer knows and no file keeps: append a Trainable with the module, "
                + "or freeze it by requires_grad = false", Assert.ThrowsAny<Exception>(() =>
                strange.Failure(forgetful, Arm)).Message);
    }

    sealed class Assistant
    {
        public Linear Layer { get; } = nn.Linear(2, 3);
    }

    public static TheoryData<string, string> Unregistered => new()
    {
        { "list",
            "extra.Held[1] of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (Linear), which is not" },
        { "array of arrays",
            "extra.Held[0][0] of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (Linear), which is not" },
        { "dictionary",
            "extra.Held[0] of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (Linear), which is not" },
        { "tuple",
            "extra.Held[1] of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (Linear), which is not" },
        { "parameters",
            "extra.Held[0] of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a parameter, which is not" },
        { "leaf",
            "extra.Held of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a tensor that wants a gradient, which is not" },
        { "assistant",
            "extra.Held.Layer of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (Linear), which is not" },
        { "field",
            "extra.Held of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (Linear), which is not" },
        { "statistics",
            "extra.Held of Extra (plugin Rils.Engine.Tests): "
                + "expected all modules and parameters registered, got a module (BatchNorm1d), which is not" },
    };

    static object Held(string where) => where switch
    {
        "list" => new List<nn.Module> { nn.ReLU(), nn.Linear(2, 3) },
        "array of arrays" => new Linear[][] { [nn.Linear(2, 3)] },
        "dictionary" => new Dictionary<string, Linear> { ["a"] = nn.Linear(2, 3) },
        "tuple" => (1, nn.Linear(2, 3)),
        "parameters" => new List<Parameter> { new(ones(2)) },
        "leaf" => ones(2).requires_grad_(),
        "assistant" => new Assistant(),
        "statistics" => nn.BatchNorm1d(3, affine: false),
        _ => nn.Linear(2, 3),
    };

    [Theory, MemberData(nameof(Unregistered))]
    public void What_is_not_registered_is_told_before_training(string where, string says)
    {
        var refusal = strange.Refusal(With(() => new(() => Held(where))), Arm);
        Assert.StartsWith($"weights.setup of arm odd failed in setup: {says}: it is neither trained nor saved",
            refusal);
    }

    [Fact]
    public void A_layer_that_computes_with_another_tensor_than_it_registers() => Assert.Contains(
        "extra.Held.weight of Extra (plugin Rils.Engine.Tests): expected all modules and parameters registered, "
            + "got another tensor in Embedding than the one that it registers",
        strange.Refusal(With(() =>
            new(() => nn.Embedding_from_pretrained(ones(3, 2), freeze: true), registersHeld: true)), Arm));

    [Theory]
    [InlineData("registered")]
    [InlineData("no parameters")]
    [InlineData("numbers")]
    [InlineData("constant")]
    [InlineData("function")]
    [InlineData("embedding")]
    [InlineData("attention")]
    [InlineData("recurrent")]
    public void What_is_sound_is_not(string what)
    {
        object held = what switch
        {
            "registered" =>
                nn.Sequential(("a", nn.Linear(2, 3)), ("b", nn.BatchNorm1d(3)), ("c", nn.Conv2d(1, 2, 3)),
                ("d", nn.LayerNorm(3))),
            "no parameters" => new List<nn.Module> { nn.ReLU(), nn.Dropout(0) },
            "numbers" => new float[1000],
            "constant" => ones(3),
            "function" => (Func<Tensor, Tensor>)nn.Linear(2, 3).forward,
            "attention" => nn.MultiheadAttention(4, 2),
            "recurrent" => nn.LSTM(2, 3),
            _ => nn.Embedding(3, 2),
        };
        var outcome = Assert.Single(strange.Run("sound", With(() => new(() => held, registersHeld: true)),
            strange.Tiny.Write(Arm), null, default, "steps=3"));
        Assert.Null(outcome.Failure);
    }

    [Fact]
    public void Another_type() => Assert.StartsWith(
        "odd.setup[strange] of arm odd failed in setup: extra.Held.weight of Extra (plugin Rils.Engine.Tests): "
            + "expected Float32 in Setup, got Float64",
        strange.Refusal(With(() =>
            new(() => nn.Linear(2, 3, hasBias: false, dtype: ScalarType.Float64), registersHeld: true)), Arm));

    [Fact]
    public void One_parameter_in_two_modules()
    {
        var shared = nn.Linear(2, 3, hasBias: false);
        void Configure(IRilsBuilder rils)
        {
            With(() => new(() => shared, registersHeld: true))(rils);
            rils.System(Stage.Setup, "odd.again",
                (Again)((in StrangePlugin.None _, Append<Trainable> parts) => parts.Add(new("again.", shared))));
        }
        Assert.Matches(@"(again\.|extra\.Held\.)weight of \w+ \(plugin \w+(\.\w+)*\): expected a parameter of its own, "
            + @"got the numbers of (again\.|extra\.Held\.)weight", strange.Refusal(Configure, Arm));
    }

    delegate void Again(in StrangePlugin.None options, Append<Trainable> parts);

    [Fact]
    public void No_module() =>
        Assert.Contains("Trainable: expected a module and a prefix, which may be empty, got null", strange.Refusal(
        rils =>
            rils.Objective<StrangePlugin.None>("strange").System(Stage.Setup, "odd.again",
            (Again)((in StrangePlugin.None _, Append<Trainable> parts) => parts.Add(new("x.", null!))))
            .System(Stage.Objective, "odd.loss",
            (Plain)((in StrangePlugin.None _, in ImageEmbedding images, Append<LossTerm> losses) =>
            losses.Add(new("x", images.Vectors.mean())))), Arm));

    delegate void Plain(in StrangePlugin.None options, in ImageEmbedding images, Append<LossTerm> losses);

    [Fact]
    public void A_parameter_that_died_with_its_scope()
    {
        static Extra Make()
        {
            var extra = new Extra(() => null);
            extra.Scale.Dispose();
            return extra;
        }
        Assert.Contains(
            "extra.scale of Extra (plugin Rils.Engine.Tests): expected all modules and parameters registered, "
                + "got a parameter that died with a dispose scope", strange.Refusal(With(Make), Arm));
    }

    string Later(Action<Extra> does, nn.Module? held = null) =>
        strange.Failure(With(() => new(() => held, registersHeld: true)
    {
        Loss = (extra, vectors) =>
        {
            does(extra);
            return (vectors.to(ScalarType.Float32) * extra.Scale).mean()
                + (held is Linear layer ? layer.weight!.sum() : 0);
        },
    }), Arm);

    [Fact]
    public void A_field_that_gets_another_parameter_in_a_step() => Assert.StartsWith(
        "backward of arm odd failed at step 0: extra.scale of Extra (plugin Rils.Engine.Tests): expected all modules "
            + "and parameters registered, got a parameter, which is not", Later(extra => extra.Replace()));

    [Fact]
    // Linear disposes of its previous weight
    public void A_layer_that_gets_another_weight_in_a_step() => Assert.StartsWith(
        "odd.loss[strange] of arm odd failed at step 0: "
            + "plugin Strange disposes of a tensor of Extra, which others read: dispose only of what you made",
        Later(extra => ((Linear)extra.Held!).weight = new(ones(3, 2)), nn.Linear(2, 3, hasBias: false)));

    [Fact]
    public void A_parameter_that_is_made_in_a_step() => Assert.StartsWith(
        "backward of arm odd failed at step 0: extra.late of Extra (plugin Rils.Engine.Tests): "
            + "expected no other parameters than in Setup, got one that was made later",
        Later(extra => extra.register_parameter("late", new(ones(1)))));

    [Fact]
    public void Gradients_that_are_taken_out_of_the_flat_ones() => Assert.StartsWith(
        "backward of arm odd failed at step 0: extra.scale of Extra (plugin Rils.Engine.Tests): "
            + "expected its gradient in the arm's flat gradients, got a gradient elsewhere, or none",
        Later(extra => extra.zero_grad()));
}
