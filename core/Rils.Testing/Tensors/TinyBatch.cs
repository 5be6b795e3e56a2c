using Rils.Contract;
using StbImageWriteSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Tensors;

/// <summary>Tiny batches for tests: the same numbers in every process. The tensors are on the CPU, in the dispose scope
/// of the caller. The first use loads libtorch.</summary>
public static class TinyBatch
{
    static TinyBatch() => TestTorch.Load();

    /// <summary>Side of the images, in pixels.</summary>
    public const int ImageSize = 32;

    /// <summary>Number of samples in a batch.</summary>
    public const int Samples = 4;

    /// <summary>Token ids run from 0 to this number, exclusive.</summary>
    public const int Vocabulary = 64;

    /// <summary>The facts of an experiment with such batches, of 20 steps, 5 of them an epoch.</summary>
    public static ExperimentContext Experiment { get; } = new(ImageSize, Samples, 20, 5, Vocabulary);

    static RandomStream Random => RandomStream.Root(20).Fork("tiny");

    /// <summary>Draws images.</summary>
    /// <param name="samples">Number of images.</param>
    /// <param name="size">Side of an image, in pixels.</param>
    /// <returns>Normalised pixels, fp32 <c>[samples, 3, size, size]</c>.</returns>
    public static Tensor Images(int samples = Samples, int size = ImageSize) =>
        Normal("images", samples, 3, size, size);

    /// <summary>Draws captions of several lengths: a start token, words, the end token, and zeros up to the
    /// context.</summary>
    /// <param name="context">Length of a row, in tokens; at least 3.</param>
    /// <param name="samples">Number of captions.</param>
    /// <param name="vocabulary">Token ids run to this number, exclusive; the end token is the largest, the start token
    /// the one below.</param>
    /// <returns>int64 <c>[samples, context]</c>. The longest caption leaves at least one zero where the context is
    /// above 3.</returns>
    public static Tensor Tokens(int context, int samples = Samples, int vocabulary = Vocabulary)
    {
        var draws = Random.Fork("tokens").Draw();
        var most = Math.Clamp(context - 3, 1, 8);
        int[] Caption(int row) =>
        [
            vocabulary - 2,
            .. Enumerable.Range(0, 1 + row % most).Select(_ => 1 + draws.NextInt32(vocabulary - 3)),
            vocabulary - 1,
        ];
        return TokenBatch.Pad([.. Enumerable.Range(0, samples).Select(Caption)], context);
    }

    /// <summary>Draws noise.</summary>
    /// <param name="shape">The shape: <c>samples, patches</c> for a mask.</param>
    /// <returns>Uniform in [0, 1), fp32, of this shape.</returns>
    public static Tensor Noise(params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Random.Fork("noise").Draw().FillUniform(values);
        return tensor(values, shape);
    }

    /// <summary>Draws class numbers.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="samples">Number of samples.</param>
    /// <returns>int64 <c>[samples]</c>, from 0 to <paramref name="classes"/>, exclusive.</returns>
    public static Tensor Labels(int classes, int samples = Samples)
    {
        var draws = Random.Fork("labels").Draw();
        return tensor([.. Enumerable.Range(0, samples).Select(_ => (long)draws.NextInt32(classes))],
            ScalarType.Int64);
    }

    /// <summary>Makes an image file.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Number of rows.</param>
    /// <returns>The bytes of a PNG file in colour, every pixel drawn.</returns>
    public static byte[] Png(int width = 48, int height = 40) => Png(width, height, "png");

    /// <summary>Makes an image file from a stream of its own.</summary>
    internal static byte[] Png(int width, int height, string stream)
    {
        var draws = Random.Fork(stream).Draw();
        byte[] pixels = [.. Enumerable.Range(0, width * height * 3).Select(_ => (byte)draws.NextUInt32())];
        using var file = new MemoryStream();
        new ImageWriter().WritePng(pixels, width, height, ColorComponents.RedGreenBlue, file);
        return file.ToArray();
    }

    /// <summary>Draws numbers of a normal distribution.</summary>
    /// <param name="name">The stream's name: another name, other numbers.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>fp32, of this shape.</returns>
    public static Tensor Normal(string name, params long[] shape)
    {
        var values = zeros(shape);
        Initialization.Normal(values, 1, Random.Fork(name));
        return values;
    }
}
