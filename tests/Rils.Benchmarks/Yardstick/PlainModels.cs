using Rils.Contract;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The models of experiments/bench/vit-192-64.toml as functions, so that one loop trains models made of any
/// modules.</summary>
/// <param name="Images">Encodes images at the given patches, or at all where these are null, to tokens
/// <c>[batch, 1 + patches, width]</c>.</param>
/// <param name="Texts">Encodes token ids to features <c>[batch, width]</c>.</param>
/// <param name="Patches">Decodes tokens of visible patches, with the restore order, to predictions
/// <c>[batch, 1 + patches, width]</c>.</param>
/// <param name="Space">The shared space, which projects with plain products.</param>
/// <param name="Modules">All modules of the models.</param>
sealed record PlainModels(
    Func<Tensor, Tensor?, Tensor> Images, Func<Tensor, Tensor> Texts, Func<Tensor, Tensor, Tensor> Patches,
    SharedSpace Space, nn.Module[] Modules)
{
    const int Depth = 12, Heads = 3, TextDepth = 4, TextHeads = 2, DecoderDepth = 1, Dimensions = 128;

    static readonly BackboneShape Shape = new(192);
    static readonly PatchShape Cut = new(PlainBatch.Grid, PlainBatch.Patch, 1);
    static readonly TextShape Sentences = new(128, 32);

    /// <summary>The number of trained numbers.</summary>
    public long Count => Modules.SelectMany(module => module.parameters()).Sum(parameter => parameter.numel());

    /// <summary>The models as one writes them with TorchSharp alone. The values of their parameters mean nothing
    /// yet.</summary>
    public static PlainModels OfTorch(int vocabulary)
    {
        var backbone = new TorchVit(Shape.Width, Cut, Depth, Heads);
        var text = new TorchText(Sentences, TextDepth, TextHeads, vocabulary);
        var decoder = new TorchDecoder(Shape.Width, Cut.Grid, Shape.Width, DecoderDepth, Heads);
        var space = NewSpace();
        return new(backbone.forward, text.forward, decoder.forward, space, [backbone, text, decoder, space]);
    }

    /// <summary>The plugins' modules, initialised.</summary>
    public static PlainModels OfOurs(int vocabulary)
    {
        var backbone = new Vit(new() { Patch = Cut.PatchSize, Width = Shape.Width, Depth = Depth, Heads = Heads },
            PlainBatch.Image);
        var text = new TextTransformer(new() { Context = Sentences.Context, Width = Sentences.Width, Depth = TextDepth,
            Heads = TextHeads }, vocabulary);
        var decoder = new MaskedDecoder(new() { Width = Shape.Width, Depth = DecoderDepth, Heads = Heads },
            new(Shape, Cut, new(Shape.Width)));
        var space = NewSpace();
        backbone.Initialize(RandomStream.Root(0));
        text.Initialize(RandomStream.Root(1));
        decoder.Initialize(RandomStream.Root(2));
        space.Initialize(RandomStream.Root(3));
        return Of(backbone, text, decoder, space);
    }

    /// <summary>Functions over existing modules.</summary>
    public static PlainModels Of(Vit backbone, TextEncoder text, Decoder decoder, SharedSpace space) => new(
        (images, visible) => visible is null ? backbone.Encode(images) : backbone.EncodeVisible(images, visible),
        text.Encode, decoder.Predict, space, [backbone, text, decoder, space]);

    /// <summary>Copies all values by name, buffers included.</summary>
    /// <exception cref="InvalidOperationException">The names differ.</exception>
    public void Take(PlainModels given)
    {
        foreach (var (mine, source) in Modules.Zip(given.Modules))
        {
            var (names, values) = (mine.state_dict().Keys.ToHashSet(), source.state_dict());
            names.SymmetricExceptWith(values.Keys);
            if (names.Count > 0)
                throw new InvalidOperationException($"{source.GetName()}: "
                    + $"only one of both has {string.Join(", ", names)}");
            mine.load_state_dict(values);
        }
    }

    /// <summary>Adds small noise to every parameter: zero biases and unit gains would hide that a model uses them
    /// wrongly.</summary>
    public void Stir()
    {
        using var constant = no_grad();
        foreach (var parameter in Modules.SelectMany(module => module.parameters()))
            parameter.add_(randn_like(parameter), 0.02);
    }

    static LinearSpace NewSpace() => new(new() { Dim = Dimensions }, new(Shape, Sentences));
}
