using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Data;

public sealed class NormalizationTests
{
    /// <summary>In the order and precision in which the numbers have always been made: resumed runs and golden cases
    /// hang on the bits.</summary>
    [Fact]
    public void Every_byte_of_every_channel_becomes_what_plain_arithmetic_makes_of_it()
    {
        float[] mean = [0.485f, 0.456f, 0.406f], deviation = [0.229f, 0.224f, 0.225f];
        using var pixels = arange(256, ScalarType.Byte).view(1, 1, 16, 16).repeat(2, 3, 1, 1);
        using var normalised = Normalization.Apply(pixels, CPU);
        var values = normalised.data<float>().ToArray();
        for (var at = 0; at < values.Length; at++)
        {
            var (channel, value) = (at / 256 % 3, (float)(at % 256));
            Assert.Equal(value * (1 / (255 * deviation[channel])) - mean[channel] / deviation[channel], values[at]);
        }
    }
}
