namespace Rils.Imaging;

/// <summary>A part of an image, in pixels.</summary>
readonly record struct CropBox(int Left, int Top, int Width, int Height)
{
    const int Attempts = 10;

    /// <summary>torchvision's ratios of width to height.</summary>
    public static double[] UsualRatio => [3.0 / 4, 4.0 / 3];

    /// <summary>Draws a box as torchvision's <c>RandomResizedCrop</c> does: draws an area and a ratio up to ten times
    /// until the box fits, and takes the centre if none does.</summary>
    /// <param name="width">The image's width, in pixels.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="scale">Smallest and largest area of the box, as a share of the image's.</param>
    /// <param name="ratios">Smallest and largest ratio of the box's width to its height.</param>
    /// <param name="random">The stream of the box.</param>
    public static CropBox Draw(int width, int height, double[] scale, double[] ratios, RandomSequence random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)width * height * Between(scale[0], scale[1], random);
            var ratio = Math.Exp(Between(Math.Log(ratios[0]), Math.Log(ratios[1]), random));
            var (cropWidth, cropHeight) = (Math.Round(Math.Sqrt(area * ratio)), Math.Round(Math.Sqrt(area / ratio)));
            if (cropWidth < 1 || cropWidth > width || cropHeight < 1 || cropHeight > height) continue;
            var top = random.NextInt32(height - (int)cropHeight + 1);
            var left = random.NextInt32(width - (int)cropWidth + 1);
            return new(left, top, (int)cropWidth, (int)cropHeight);
        }
        return Centre(width, height, ratios[0], ratios[1]);
    }

    /// <summary>The largest centred box whose ratio of width to height is within the bounds.</summary>
    public static CropBox Centre(int width, int height, double smallestRatio, double largestRatio)
    {
        var ratio = (double)width / height;
        var cropHeight = ratio < smallestRatio ? Math.Clamp((int)Math.Round(width / smallestRatio), 1, height) : height;
        var cropWidth = ratio > largestRatio ? Math.Clamp((int)Math.Round(height * largestRatio), 1, width) : width;
        return new((width - cropWidth) / 2, (height - cropHeight) / 2, cropWidth, cropHeight);
    }

    static double Between(double least, double most, RandomSequence random) =>
        least + (most - least) * random.NextDouble();
}
