using Rils.Contract;
using Rils.LanguageTarget;
using Rils.Scheduling;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

public sealed class PrototypeDirectionsTests
{
    const int Batch = 9, Patches = 12, Dimensions = 16;
    const double Scale = 8;

    /// <summary>Directions that equal the sentences give the sentences' loss; fixed ones get no gradient, learned ones
    /// that of attached sentences.</summary>
    [Theory]
    [InlineData(Prototypes.Random)]
    [InlineData(Prototypes.Learned)]
    public void Directions_take_the_place_of_the_sentences(Prototypes prototypes)
    {
        using var scope = NewDisposeScope();
        var options = new LanguageTargetOptions { Prototypes = prototypes, Directions = Batch };
        var (directions, parts) = Directions(options);
        var module = Assert.Single(parts);
        Assert.Equal("language.directions.", module.Prefix);
        Assert.Equal(prototypes == Prototypes.Learned, module.Module.named_parameters().Any());
        Assert.Equal(prototypes == Prototypes.Random, module.Module.named_buffers().Any());
        var vectors = module.Module.named_parameters().Select(pair => (Tensor)pair.parameter)
            .Concat(module.Module.named_buffers().Select(pair => pair.buffer)).Single();
        var (images, texts) = (Draws.Normal("images", Batch, Dimensions), Draws.Leaf("texts", Batch, Dimensions));
        var tokens = Draws.Normal("tokens", Batch, 1 + Patches, Dimensions);
        (Tensor Value, Tensor Prediction) Loss(LanguageTargetOptions own, Tensor sentences, PrototypeDirections? given)
        {
            var prediction = Draws.Leaf("prediction", Batch, 1 + Patches, Dimensions);
            var space = new IdentitySpace(Dimensions, tensor((float)Scale));
            LanguageGate.Select(own with { Gate = Gate.None }, new(images), new(texts), space, LanguageLossTests.One,
                out var all);
            var (term, _) = LanguageLossTests.LossOf(own, all, sentences, prediction, tokens,
                LanguageLossTests.Mask(Batch), space, directions: given);
            term.Value.backward();
            return (term.Value, prediction.grad!);
        }
        var (value, gradient) = Loss(options, texts, directions);
        Assert.True(texts.grad is null);
        var sentences = vectors.detach().clone().requires_grad_();
        var (expected, plain) = Loss(new() { Prototypes = Prototypes.Attached }, sentences, null);
        GoldenAssert.Close(expected, value, 1e-6, "value");
        GoldenAssert.Close(plain, gradient, 1e-6, "gradient of the prediction");
        if (prototypes == Prototypes.Random) Assert.False(vectors.requires_grad);
        else GoldenAssert.Close(sentences.grad!, vectors.grad!, 1e-6, "gradient of the directions");
    }

    [Fact]
    public void Directions_point_alike_everywhere_and_follow_the_seed()
    {
        using var scope = NewDisposeScope();
        var options = new LanguageTargetOptions { Prototypes = Prototypes.Random, Directions = 4000 };
        var units = Directions(options).Directions.Units;
        GoldenAssert.Close(ones(4000), units.norm(-1), 1e-6, "lengths");
        Assert.InRange(units.mean([0L]).norm().item<float>(), 0, 3 / Math.Sqrt(4000));
        Assert.True(units.Equals(Directions(options).Directions.Units));
        Assert.True(units.Equals(Directions(options with { Prototypes = Prototypes.Learned }).Directions.Units));
    }

    [Theory]
    [InlineData(Prototypes.Random, null, 0, "prototypes = \"random\" and \"learned\" need `directions`")]
    [InlineData(Prototypes.Learned, null, 0, "prototypes = \"random\" and \"learned\" need `directions`")]
    [InlineData(Prototypes.Attached, 8, 0, "`directions` are for prototypes = \"random\" and \"learned\"")]
    [InlineData(null, 8, 0, "`directions` are for prototypes = \"random\" and \"learned\"")]
    [InlineData(Prototypes.Random, 8, 4, "a `queue` keeps sentences")]
    [InlineData(Prototypes.Random, 8, 0, null)]
    public void Directions_are_given_where_prototypes_are_directions(
        Prototypes? prototypes, int? directions, int queue, string? mistake)
    {
        var options = new LanguageTargetOptions { Prototypes = prototypes, Directions = directions, Queue = queue };
        var found = options.Validate(new(options)).Select(result => result.ErrorMessage!).ToArray();
        if (mistake is null) Assert.Empty(found);
        else Assert.StartsWith(mistake, Assert.Single(found), StringComparison.Ordinal);
    }

    static (PrototypeDirections Directions, Collected<Trainable> Parts) Directions(LanguageTargetOptions options)
    {
        var parts = new Append<Trainable>("arm");
        PrototypeDirections.Setup(options, new(Dimensions), new(RandomStream.Root(4)),
            out var directions, parts);
        return (directions, new(parts));
    }
}
