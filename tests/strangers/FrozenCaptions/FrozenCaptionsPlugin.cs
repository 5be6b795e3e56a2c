using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.IO;
using System.Linq;
using System.Text.Json;
using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

public sealed class FrozenCaptionsPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Component<FrozenCaptionsOptions>("frozen_captions")
        .System(Stage.Setup, "frozen_captions.setup", Setup).System(Stage.Forward, "frozen_captions", Embed);

    static void Setup(in FrozenCaptionsOptions options, out CaptionVectors vectors, out TextShape shape)
    {
        vectors = CaptionVectors.Read(options.File);
        shape = new(vectors.Width, Context: 1); // the space makes a projection of this width; no sentence is encoded
    }

    static void Embed(in FrozenCaptionsOptions _, in CaptionVectors vectors, in CaptionTexts captions,
        in Images images, in SharedSpace space, in BatchParts cut, out TextEmbedding embedding)
    {
        var own = space;
        var features = vectors.Of(captions.Texts).to(images.Pixels.device);
        embedding = new(cut.Run(own, parts => own.ProjectTexts(parts[0]), [features]));
    }
}

/// <summary>Vectors of whole captions, from a file, in place of a text encoder.</summary>
public sealed record FrozenCaptionsOptions : IValidatableObject
{
    /// <summary>A JSON object with a list of numbers for each caption; all lists have one length.</summary>
    [ExperimentPath]
    public required string File { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (context.GetService(typeof(TrainingSamples)) is not TrainingSamples data) yield break;
        var known = CaptionVectors.Read(File).ByText;
        string[] lacking = [.. data.All<Captions>().SelectMany(sample => sample.Texts).Except(known.Keys)];
        if (lacking is [var first, ..])
            yield return new($"{lacking.Length} captions of the training data have no vector, as \"{first}\": "
                + $"add them to {File}", [nameof(File)]);
    }
}

sealed record CaptionVectors(IReadOnlyDictionary<string, float[]> ByText, int Width)
{
    public static CaptionVectors Read(string file)
    {
        RegularFile.Require(file);
        var read = JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllBytes(file))!;
        int[] widths = [.. read.Values.Select(vector => vector.Length).Distinct()];
        return widths is [> 0 and var width] ? new(read, width)
            : throw new InvalidDataException($"{file}: its vectors have the lengths {string.Join(", ", widths)}, "
                + "and all should have one");
    }

    public Tensor Of(IReadOnlyList<string> texts) => // fp32 [texts, width], on the host
        tensor(texts.SelectMany(text => ByText[text]).ToArray(), [texts.Count, Width]);
}
