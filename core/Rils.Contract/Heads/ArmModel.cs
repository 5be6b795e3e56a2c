using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The parts of an arm that an evaluation may use, with the trained weights as they are.</summary>
/// <param name="Backbone">The image encoder.</param>
/// <param name="Text">The text encoder; null for an arm without one.</param>
/// <param name="Space">The shared space; null for an arm without one.</param>
/// <param name="Tokenizer">The arm's tokenizer: that of <c>[text.tokenizer]</c>, or else of <c>[data.tokenizer]</c>;
/// null where there is neither.</param>
/// <param name="Device">The device that holds the modules.</param>
/// <param name="Parts">How a batch is cut into parts on a CPU.</param>
public sealed record ArmModel(
    Backbone Backbone, TextEncoder? Text, SharedSpace? Space, ITokenizer? Tokenizer, Device Device, BatchParts Parts)
{
    /// <summary>Finds a value of the arm that systems of <c>Setup</c> made, such as a classifier that the arm trains,
    /// or a component of the arm.</summary>
    /// <typeparam name="T">The type as systems name it.</typeparam>
    /// <returns>The value, to be read, not changed; null where the arm has none.</returns>
    public T? Find<T>() where T : class => Finder?.Invoke(typeof(T)) as T;

    /// <summary>Finds the arm's values by type.</summary>
    internal Func<Type, object?>? Finder { get; init; }

    /// <summary>The layers that the arm's heads read, ascending.</summary>
    internal IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>The trained modules beside backbone, text encoder and space.</summary>
    internal IReadOnlyList<nn.Module> Others { get; init; } = [];

    /// <summary>All trained modules, each once.</summary>
    internal IEnumerable<nn.Module> Modules => ((nn.Module?[])[Backbone, Text, Space, .. Others]).OfType<nn.Module>()
        .Distinct<nn.Module>(ReferenceEqualityComparer.Instance);

    /// <summary>Embeds sentences in the shared space.</summary>
    /// <param name="texts">The sentences; a longer one than the text encoder's context is cut.</param>
    /// <returns>Unit vectors, fp32 <c>[texts, dimensions]</c>, on the arm's device.</returns>
    /// <exception cref="InvalidOperationException">The arm has no text encoder, shared space or tokenizer.</exception>
    /// <exception cref="ContractException">The text encoder or the space returns another shape.</exception>
    public Tensor EmbedTexts(IReadOnlyList<string> texts)
    {
        if (Text is null || Space is null || Tokenizer is null)
            throw new InvalidOperationException(
                "texts can be embedded only by an arm with [text], [space] and a tokenizer");
        using var scope = NewDisposeScope();
        var ids = TokenBatch.Pad(
            [.. texts.Select(text => Tokenizer.Encode(text, Text.Shape.Context))], Text.Shape.Context);
        var encoded = Held.Shaped(Parts.Encode(Text, parts => Text.Encode(parts[0]), ids.to(Device)),
            "features", Text, "[texts, width]", texts.Count, Text.Shape.Width);
        var features = Held.Shaped(Parts.Run(Space, parts => Space.ProjectTexts(parts[0]), [encoded]),
            "texts", Space, "[texts, dimensions]", texts.Count, Space.Dimensions);
        return nn.functional.normalize(features.to(ScalarType.Float32), dim: -1).MoveToOuterDisposeScope();
    }

    /// <summary>Encodes images into the backbone's features, before any projection.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>, on the arm's device.</param>
    /// <returns><c>[batch, width]</c>, in the type that the backbone returns.</returns>
    /// <exception cref="ContractException">The backbone returns another shape.</exception>
    public Tensor EncodeImages(Tensor images)
    {
        using var scope = NewDisposeScope();
        var features = Parts.Encode(Backbone, parts => Backbone.Features(parts[0]), images);
        return Held.Shaped(features, "features", Backbone, "[batch, width]", images.shape[0], Backbone.Shape.Width)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Encodes images into the features of some of the backbone's layers, in one pass.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>, on the arm's device.</param>
    /// <param name="layers">Numbers of layers, from 1, ascending, each once.</param>
    /// <returns>For each layer <c>[batch, width of the layer]</c>, in the type that the backbone returns.</returns>
    /// <exception cref="InvalidOperationException">The backbone is no <see cref="ILayeredFeatures"/>, or has no such
    /// layer.</exception>
    /// <exception cref="ContractException">The backbone returns another number of features, or other
    /// shapes.</exception>
    public IReadOnlyList<Tensor> EncodeLayers(Tensor images, IReadOnlyList<int> layers)
    {
        if (Backbone is not ILayeredFeatures layered || layers.Any(layer => layer < 1 || layer > Backbone.Shape.Layers))
            throw new InvalidOperationException($"{Held.NameOf(Backbone)} has the features of "
                + $"{(Backbone is ILayeredFeatures ? Backbone.Shape.Layers : 0)} layers, not those of layer "
                + string.Join(", ", layers));
        using var scope = NewDisposeScope();
        long[] widths = [];
        // A pass returns one tensor; the layers' features lie in it side by side.
        var all = Parts.Encode(Backbone, parts =>
        {
            var found = layered.LayerFeatures(parts[0], layers);
            if (found.Count != layers.Count || found.Any(feature => feature.dim() != 2))
                throw new ContractException($"layer features of {Held.NameOf(Backbone)}: expected [batch, width] for "
                    + $"each of {layers.Count} layers, got "
                    + string.Join(", ", found.Select(feature => Held.Show(feature.shape))));
            widths = [.. found.Select(feature => feature.shape[1])];
            return cat([.. found], 1);
        }, images);
        var starts = widths.Select((_, place) => widths[..place].Sum());
        return [.. starts.Zip(widths, (start, width) => all.narrow(1, start, width).clone().MoveToOuterDisposeScope())];
    }

    /// <summary>Embeds image features in the shared space.</summary>
    /// <param name="features">The features of <see cref="EncodeImages"/>, <c>[batch, width]</c>.</param>
    /// <returns>Unit vectors, fp32 <c>[batch, dimensions]</c>, on the arm's device.</returns>
    /// <exception cref="InvalidOperationException">The arm has no shared space.</exception>
    /// <exception cref="ContractException">The space returns another shape.</exception>
    public Tensor EmbedFeatures(Tensor features)
    {
        if (Space is null) throw new InvalidOperationException("images can be embedded only by an arm with [space]");
        using var scope = NewDisposeScope();
        var vectors = Held.Shaped(Parts.Run(Space, parts => Space.ProjectImages(parts[0]), [features]),
            "images", Space, "[batch, dimensions]", features.shape[0], Space.Dimensions);
        return nn.functional.normalize(vectors.to(ScalarType.Float32), dim: -1).MoveToOuterDisposeScope();
    }
}
