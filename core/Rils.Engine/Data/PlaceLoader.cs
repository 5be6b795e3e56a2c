using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>Fills one place of a batch: a sample's pixels, and its views where some arm reads them. A sample is read
/// once for both.</summary>
/// <param name="data">The training data.</param>
/// <param name="order">Gives the samples that replace a bad one.</param>
/// <param name="context">The longest context of the arms, in tokens; 0 where no arm reads captions.</param>
/// <param name="step">The step, from 0.</param>
/// <param name="place">The place in the batch.</param>
/// <param name="bad">The list that takes the samples that could not be used.</param>
sealed class PlaceLoader(TrainingData data, SampleOrder order, int context, long step, int place,
    List<(int, SampleException)> bad)
{
    /// <summary>Token ids of the sample's caption; empty where no arm reads captions.</summary>
    public int[] Caption { get; private set; } = [];

    /// <summary>Fills the place.</summary>
    /// <param name="index">The sample that the order gives for the place.</param>
    /// <param name="crop">The stream for the pixels.</param>
    /// <param name="pixels">The pixels of the batch, uint8 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="change">The stream for the views.</param>
    /// <param name="views">No tensors, or two of the same form as the pixels.</param>
    /// <returns>The sample, without its image bytes.</returns>
    /// <exception cref="InvalidDataException">No usable sample was found.</exception>
    public Sample Load(int index, RandomStream crop, Tensor pixels, RandomStream change, Tensor[] views)
    {
        SampleException? failure = null;
        var (found, sample) = FirstUsable(order.Replacements(step, place).Prepend(index), needsCaption: context > 0,
            read =>
        {
            if (context > 0) Caption = data.Tokenizer!.Encode(read.Caption!, context);
            var remark = data.Augmentation.Train(read.Image, crop, At(pixels));
            failure = views.Length > 0 ? TryViews(read.Image) : null;
            return remark;
        });
        if (failure is null) return sample;
        // Arms that read no views must not notice: the sample stays, and only its views come from another sample.
        bad.Add((found, new($"sample `{sample.Key}`: {failure.Message}", failure)));
        FirstUsable(order.Replacements(step, place), needsCaption: false, other =>
        {
            MakeViews(other.Image);
            return null;
        });
        return sample;

        SampleException? TryViews(ReadOnlyMemory<byte> image)
        {
            try
            {
                MakeViews(image);
                return null;
            }
            catch (SampleException cause)
            {
                return cause;
            }
        }

        void MakeViews(ReadOnlyMemory<byte> image) => data.Views!.Make(image, change, At(views[0]), At(views[1]));
    }

    (int, Sample) FirstUsable(IEnumerable<int> candidates, bool needsCaption, Func<Sample, string?> decode)
    {
        foreach (var candidate in candidates)
        {
            try
            {
                return (candidate, SampleReader.Read(data.Source, candidate,
                    needsCaption ? SampleContents.Caption : SampleContents.None, needsCaption, decode));
            }
            catch (SampleException cause)
            {
                bad.Add((candidate, cause));
            }
        }
        throw new InvalidDataException(
            $"no usable sample was found for place {place} of step {step}: the log names the bad ones");
    }

    Span<byte> At(Tensor pixels) =>
        pixels.bytes.Slice(3 * data.ImageSize * data.ImageSize * place, 3 * data.ImageSize * data.ImageSize);
}
