using Rils.Contract;
using Rils.Engine.Native;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>Fills one place of a batch: a sample's pixels, and its views where some arm reads them. A sample is read
/// once for both.</summary>
/// <param name="data">The training data.</param>
/// <param name="order">Gives the samples that replace a bad one.</param>
/// <param name="components">The components that systems read of each sample.</param>
/// <param name="encoders">The ways in which arms encode captions; null where nothing reads a drawn caption.</param>
/// <param name="streams">The random streams of the place.</param>
/// <param name="bad">The list that takes the samples that could not be used.</param>
sealed class PlaceLoader(TrainingData data, SampleOrder order, ComponentReading components,
    IReadOnlyList<CaptionEncoder>? encoders, PlaceStreams streams, List<(int, SampleException)> bad)
{
    /// <summary>Fills the place.</summary>
    /// <param name="index">The sample that the order gives for the place.</param>
    /// <param name="pixels">The pixels of the batch, uint8 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="views">A tensor for each view, uint8 <c>[batch, 3, view's size, view's size]</c>; none where no arm
    /// reads views.</param>
    /// <returns>The sample, without its image bytes, and the parts of the image that were taken.</returns>
    /// <exception cref="InvalidDataException">No usable sample was found.</exception>
    public LoadedPlace Load(int index, Tensor pixels, Tensor[] views)
    {
        IReadOnlyList<ImageCrop> shown = [];
        (ImageCrop Image, SampleException? Failure) taken = default;
        DrawnCaption? caption = null;
        var (found, sample) = FirstUsable(order.Replacements(streams.Step, streams.Place).Prepend(index),
            components, read =>
        {
            if (encoders is not null) caption = Draw(read.Find<Captions>()!, encoders);
            var image = data.Augmentation.Train(read.Image, streams.Crop, At(pixels).Span);
            taken = (image, views.Length > 0 ? TryViews(read.Image) : null);
            return image.Remark;
        });
        if (caption is not null) sample = sample.With(caption);
        if (taken.Failure is { } failure)
        {
            // Arms that read no views must not notice: the sample stays, and only its views come from another sample.
            bad.Add((data.Source.FirstOf(found), new($"sample `{sample.Key}`: {failure.Message}", failure)));
            FirstUsable(order.Replacements(streams.Step, streams.Place), ComponentReading.Nothing, other =>
            {
                shown = MakeViews(other.Image);
                return null;
            });
        }
        return new(sample, taken.Image, shown);

        SampleException? TryViews(ReadOnlyMemory<byte> image)
        {
            try
            {
                shown = MakeViews(image);
                return null;
            }
            catch (SampleException cause)
            {
                return cause;
            }
        }

        IReadOnlyList<ImageCrop> MakeViews(ReadOnlyMemory<byte> image) =>
            data.Views!.Make(image, streams.Views, [.. views.Select(At)]);
    }

    /// <summary>Draws a caption, and encodes it while the sample is loaded, so that a text which a tokenizer cannot
    /// take makes one bad sample.</summary>
    DrawnCaption Draw(Captions captions, IReadOnlyList<CaptionEncoder> encoders)
    {
        var text = captions.Draw(streams.Caption);
        return new(text, encoders.ToDictionary(encoder => encoder, encoder => encoder.Encode([text])[0]));
    }

    (int, Sample) FirstUsable(IEnumerable<int> candidates, ComponentReading reads, Func<Sample, string?> decode)
    {
        foreach (var candidate in candidates)
        {
            try
            {
                return (candidate, SampleReader.Read(data.Source, candidate, reads, decode));
            }
            catch (SampleException cause)
            {
                bad.Add((data.Source.FirstOf(candidate), cause));
            }
        }
        throw new InvalidDataException($"no usable sample was found for place {streams.Place} of step {streams.Step}: "
            + "the log names the bad ones");
    }

    Memory<byte> At(Tensor pixels)
    {
        var size = checked((int)(pixels.shape[1] * pixels.shape[2] * pixels.shape[3]));
        return new TensorMemory(pixels).Memory.Slice(size * streams.Place, size);
    }
}
