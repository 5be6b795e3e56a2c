using System.Security.Cryptography;
using Rils.Contract;
using Rils.Imaging;
using Rils.WebDataset;

namespace Rils.Benchmarks;

/// <summary>JPEG files in memory, and the crop that decodes them.</summary>
sealed class DecodingData
{
    const int Drawings = 2_000, Photographs = 20;

    readonly byte[][] files;
    readonly SpreadCrop crop;
    readonly RandomStream random = RandomStream.Root(0);

    /// <param name="size">64 pixels for the drawings of clipart-mini, 224 for photographs of 500 x 375.</param>
    public DecodingData(int size)
    {
        (Size, crop) = (size, new(new(), size));
        files = size == 64
            ? OfClipartMini() : [.. Enumerable.Range(0, Photographs).Select(_ => DecodeAndCrop.Jpeg(500, 375))];
    }

    /// <summary>The side of the results, in pixels.</summary>
    public int Size { get; }

    /// <summary>Decodes a random crop of an image; a number always gives the same crop.</summary>
    public void Decode(int number, byte[] pixels) =>
        crop.Train(files[number % files.Length], random.Fork(number), pixels);

    /// <summary>SHA-256 of the pixels of a crop of each file.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new byte[3 * Size * Size];
        for (var i = 0; i < files.Length; i++)
        {
            Decode(i, pixels);
            hash.AppendData(pixels);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static byte[][] OfClipartMini()
    {
        var cache = Directory.CreateTempSubdirectory("rils-benchmarks-").FullName;
        var shards = Repository.Experiments("data", "clipart-mini", "train-*.tar");
        using var source = new WebDatasetSource(new([shards], cache));
        HashSet<Type> nothing = [];
        byte[][] files = [.. Enumerable.Range(0, Drawings).Select(i => source.Read(i, nothing).Image.ToArray())];
        Directory.Delete(cache, recursive: true);
        return files;
    }
}
