using Microsoft.Extensions.DependencyInjection;
using Rils.Contract;
using Rils.Scheduling;
using Rils.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The kinds that the model plugins register, and the modules that their factories make.</summary>
public sealed class ModelPluginTests : IDisposable
{
    static readonly BackboneShape Shape = new(16) { Layers = 1 };
    static readonly PatchShape Patches = new(new(2, 2), 4, 1);
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Every_kind_makes_its_slot()
    {
        var rils = new Registrations();
        new VitPlugin().Configure(rils);
        new MaskedDecoderPlugin().Configure(rils);
        new TextTransformerPlugin().Configure(rils);
        new LinearSpacePlugin().Configure(rils);
        var experiment = new ExperimentContext(ImageSize: 8, BatchSize: 2, Steps: 1,
            StepsPerEpoch: 1, VocabularySize: 50);
        var vit = Assert.IsType<Vit>(rils.Make("vit",
            new VitOptions { Patch = 4, Width = 16, Depth = 1, Heads = 2 }, experiment));
        Assert.Equal((Shape, Patches), (vit.Shape, vit.Patches));
        Assert.IsType<MaskedDecoder>(rils.Make("mae", new MaskedDecoderOptions(),
            new DecoderContext(Shape, Patches, new(3))));
        var options = new TextTransformerOptions { Width = 16, Heads = 2, Depth = 1 };
        var text = Assert.IsType<TextTransformer>(rils.Make("transformer", options, experiment));
        Assert.Equal([50, 16], text.get_parameter("token_embedding.weight")!.shape);
        var space = rils.Make("linear", new LinearSpaceOptions(), new SpaceContext(Shape, text.Shape));
        Assert.Equal(512, Assert.IsType<LinearSpace>(space).Dimensions);
        Assert.Equal([(Stage.Update, "space.clamp")], rils.Systems);
    }

    [Fact]
    public void The_models_work_in_the_type_that_they_are_moved_to()
    {
        using var gradient = no_grad();
        const ScalarType Type = ScalarType.BFloat16;
        var vit = new Vit(new() { Patch = 4, Width = 16, Depth = 1, Heads = 2 }, 8);
        var decoder = new MaskedDecoder(new(), new(Shape, Patches, new(3)));
        var text = new TextTransformer(new() { Context = 6, Width = 16, Depth = 1, Heads = 2 }, 50);
        var space = new LinearSpace(new(), new(Shape, text.Shape));
        // Had the move replaced parameters in the modules' lists only, the results would have another type.
        vit.Initialize(RandomStream.Root(1));
        foreach (var module in (nn.Module[])[vit, decoder, text, space]) module.to(Type);
        var images = rand(2, 3, 8, 8, Type);
        var tokens = vit.EncodeVisible(images, tensor(new long[,] { { 3 }, { 0 } }));
        Assert.Equal(Type, vit.Encode(images).dtype);
        Assert.Equal(Type, tokens.dtype);
        Assert.Equal(Type, decoder.Predict(tokens, arange(4).expand(2, 4).contiguous()).dtype);
        Assert.Equal(Type, space.ProjectTexts(text.Encode(ones(2, 6, ScalarType.Int64))).dtype);
        Assert.Equal(Type, space.ProjectImages(tokens).dtype);
    }

    sealed class Registrations : IRilsBuilder
    {
        readonly Dictionary<string, Delegate> kinds = [];

        public IServiceCollection Services { get; } = new ServiceCollection();

        public List<(Stage, string)> Systems { get; } = [];

        public object? Make(string kind, object options, object context) => kinds[kind].DynamicInvoke(options, context);

        public IRilsBuilder Kind<TOptions, TContext, TSlot>(string kind, Func<TOptions, TContext, TSlot> make)
            where TOptions : class where TSlot : class => Kind<TOptions, TContext, TSlot, TSlot>(kind, make);

        public IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind, Func<TOptions, TContext, TKind> make)
            where TOptions : class where TSlot : class where TKind : class, TSlot
        {
            kinds.Add(kind, make);
            return this;
        }

        public IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind)
            where TOptions : class where TSlot : class where TKind : class, TSlot => throw new NotSupportedException();

        public IRilsBuilder Component<TOptions>(string table, string? kind = null) where TOptions : class => this;

        public IRilsBuilder System(Stage stage, string name, Delegate body, Action<SystemOptions>? order = null)
        {
            Systems.Add((stage, name));
            return this;
        }
    }
}
