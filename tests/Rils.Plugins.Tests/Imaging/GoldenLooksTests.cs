using System.Globalization;
using Rils.Imaging;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>Holds the changes of an image's look to Pillow's bytes.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenLooksTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Cases => GoldenCases.Of("looks");

    public void Dispose() => scope.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void Every_change_has_the_bytes_of_Pillow(string folder)
    {
        var golden = new GoldenCase(folder);
        var (images, outputs) = (golden.Read("inputs"), golden.Read("outputs"));
        Assert.Equal(105, outputs.Count);
        List<string> others = [];
        foreach (var (name, expected) in outputs)
        {
            // noise.brightness.0.6
            var parts = name.Split('.', 3);
            var pixels = images[parts[0]].data<byte>().ToArray();
            Change(parts[1], double.Parse(parts[2], CultureInfo.InvariantCulture), pixels, (int)expected.shape[1]);
            var differing = pixels.Zip(expected.data<byte>().ToArray())
                .Where(pair => pair.First != pair.Second).ToArray();
            if (differing.Length > 0)
                others.Add($"{name}: {differing.Length} of {pixels.Length}, by up to "
                    + differing.Max(pair => Math.Abs(pair.First - pair.Second)));
        }
        Assert.Empty(others);
    }

    static void Change(string change, double factor, byte[] pixels, int size)
    {
        switch (change)
        {
            case "brightness": Colours.Brightness(pixels, (float)factor); break;
            case "contrast": Colours.Contrast(pixels, (float)factor); break;
            case "saturation": Colours.Saturation(pixels, (float)factor); break;
            case "hue": Hue.Turn(pixels, (float)factor); break;
            case "grey": Colours.Grey(pixels); break;
            case "blur": GaussianBlur.Apply(pixels, size, factor); break;
            case "solarize": Colours.Solarize(pixels); break;
            default: throw new ArgumentException(change);
        }
    }
}
