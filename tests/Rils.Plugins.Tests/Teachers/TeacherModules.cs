using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Training;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Teachers;

/// <summary>A student with its weights in flat buffers, as the engine puts them there.</summary>
sealed class TeacherModules : IDisposable
{
    public static readonly VitOptions Small = new() { Patch = 8, Width = 16, Depth = 2, Heads = 2 };

    public const int Image = 32;

    readonly Maybe<MixedPrecision> mixed;

    public TeacherModules(bool mixed = false, VitOptions? options = null)
    {
        this.mixed = mixed ? new(new()) : default;
        Backbone = new(options ?? Small, Image);
        var text = new TextTransformer(new() { Context = 4, Width = 16, Heads = 2, Depth = 1 }, 50);
        Space = new(new() { Dim = 12 }, new(Backbone.Shape, text.Shape));
        var decoder = new MaskedDecoder(new() { Width = 8 }, new(Backbone.Shape, Backbone.Patches, new(16)));
        var random = RandomStream.Root(3);
        Backbone.Initialize(random.Fork("backbone"));
        text.Initialize(random.Fork("text"));
        Space.Initialize(random.Fork("space"));
        decoder.Initialize(random.Fork("decoder"));
        var parts = new Append<Trainable>("arm");
        foreach (var part in (Trainable[])[new("visual.", Backbone), new("", text), new("", Space),
            new("visual.", decoder)])
            parts.Add(part);
        var rules = new Append<ParameterRule>("arm");
        rules.Add(DecayRule.Of);
        WeightsSetup.Setup(new(parts), new("cpu"), this.mixed, default, new(rules), out var weights);
        Weights = weights;
        WeightsSetup.Untrained(new("cpu"), this.mixed, out var hold, out _);
        Hold = hold;
    }

    public Vit Backbone { get; }

    public LinearSpace Space { get; }

    public Weights Weights { get; }

    public HoldUntrained Hold { get; }

    /// <summary>Moves all weights, as a step of training would.</summary>
    public void Train(int step)
    {
        using var constant = no_grad();
        foreach (var group in Weights.Groups)
            group.Values.add_(Fakes.Draws.Normal($"{group.Name} {step}", group.Values.numel()), 0.02);
        Weights.CastToBf16();
    }

    public void Dispose()
    {
        Weights.Dispose();
        Backbone.Dispose();
        Space.Dispose();
    }
}
