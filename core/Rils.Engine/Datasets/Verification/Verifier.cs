using Rils.Contract;

namespace Rils.Engine.Datasets.Verification;

/// <summary>Reads and decodes all samples as a whole, with all their components.</summary>
/// <param name="opener">Makes the decoder.</param>
/// <param name="data">The data.</param>
/// <param name="found">Takes each bad sample, in the order of the data.</param>
/// <param name="tell">Takes the progress, after each sample.</param>
public sealed class Verifier(
    DataOpener opener, OpenedData data, Action<BadRead> found, Action<DataProgress> tell)
{
    /// <summary>The size of an augmentation for code that reads whole images, and takes no crop.</summary>
    const int AnySize = 32;

    /// <summary>Verifies the data.</summary>
    /// <returns>Number of samples and of bad ones.</returns>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public (int Samples, int Bad) Verify(CancellationToken stopping)
    {
        var decoder = (IImageDecoder)opener.Decoder(AnySize);
        var (samples, bad, bytes) = (0, 0, 0L);
        foreach (var read in new SampleScan(data.Source, data.Source.Components).From(0, Decode, stopping))
        {
            samples++;
            bytes += read.Value?.Length ?? 0;
            if (read.Fault is { } fault)
            {
                bad++;
                found(new(read.Index, fault));
            }
            tell(new(read.Index + 1, data.Source.Count, bytes));
        }
        return (samples, bad);

        ImageSize Decode(int index, Sample sample)
        {
            decoder.Decode(sample.Image);
            return new(sample.Image.Length);
        }
    }

    /// <summary>The size of an image file that was decoded, in bytes.</summary>
    sealed record ImageSize(int Length);
}
