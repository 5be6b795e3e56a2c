using System.Drawing;
using System.Text.RegularExpressions;
using Rils.Contract;
using Rils.Files;
using Rils.Runs.Gallery;
using Rils.Scheduling;
using StbImageWriteSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Gallery;

/// <summary>Keeps an arm's pictures in host memory until they are written.</summary>
sealed partial class GalleryLog : ICheckpointed
{
    readonly List<(string File, byte[] Rgb, int Width, int Height)> files = [];
    ArmGallery? gallery;

    /// <summary>Empty: systems make pictures in the last step alone, and no checkpoint follows that step before the run
    /// has written the pictures.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; } = new Dictionary<string, Tensor>();

    /// <summary>Keeps the pictures of a step, in place of those kept before.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="images">The images' numbers in the batch.</param>
    /// <param name="captions">The caption of each image; null for an image without one.</param>
    /// <param name="pictures">The pictures, each with a row for every image.</param>
    /// <exception cref="InvalidOperationException">A picture has another form than the contract says, or two pictures
    /// have the same title.</exception>
    public void Keep(long step, long[] images, IReadOnlyList<string?> captions, IReadOnlyList<Picture> pictures)
    {
        Check(images.Length, pictures);
        files.Clear();
        foreach (var picture in pictures)
        {
            var (height, width) = ((int)picture.Rgb.shape[2], (int)picture.Rgb.shape[3]);
            var size = 3 * width * height;
            // Device synchronisation, in the last step.
            using var interleaved = picture.Rgb.permute(0, 2, 3, 1).contiguous().cpu();
            files.AddRange(images.Select((_, row) =>
                (FileName(picture, row), interleaved.bytes.Slice(row * size, size).ToArray(), width, height)));
        }
        gallery = new(ArmGallery.Current, step,
            [.. pictures.Select(picture => new GalleryColumn(picture.Title, picture.About))],
            [.. images.Select((image, row) => new GalleryRow(image, captions[row],
                [.. pictures.Select(picture => FileName(picture, row))],
                [.. pictures.SelectMany(picture => picture.Legends?[row] ?? [])
                    .Select(entry => new GalleryLegend(entry.Text, Css(entry.Colour)))]))], []);
    }

    /// <summary>Writes the kept pictures into the folder of the arm, then the list of the pictures.</summary>
    /// <param name="armFolder">The path of the arm's folder.</param>
    /// <param name="mishaps">The failures of the arm's onlookers, whose messages the list of the pictures
    /// holds.</param>
    /// <returns>The paths of the pictures; empty where none were kept.</returns>
    public IReadOnlyList<string> Write(string armFolder, params IReadOnlyList<SystemFailedException> mishaps)
    {
        if (gallery is null && mishaps.Count == 0) return [];
        var kept = gallery ?? new(ArmGallery.Current, mishaps[^1].Step, [], [], []);
        gallery = kept with { Problems = [.. mishaps.Select(mishap => mishap.Message)] };
        var folder = DurableFile.MakeFolder(Path.Combine(armFolder, ArmGallery.Folder));
        foreach (var (file, rgb, width, height) in files)
            DurableFile.Write(Path.Combine(folder, file), stream =>
                new ImageWriter().WritePng(rgb, width, height, ColorComponents.RedGreenBlue, stream));
        DurableFile.WriteText(Path.Combine(folder, ArmGallery.Name), RunJson.Write(gallery));
        string[] written = [.. files.Select(file => Path.Combine(folder, file.File))];
        Dispose();
        return written;
    }

    /// <summary>Releases the kept pictures.</summary>
    public void Dispose()
    {
        files.Clear();
        gallery = null;
    }

    static void Check(int images, IReadOnlyList<Picture> pictures)
    {
        foreach (var picture in pictures)
            if (picture.Rgb is not { dtype: ScalarType.Byte, shape: [var rows, 3, _, _] } || rows != images
                || (picture.Legends is { } legends && legends.Count != images))
                throw new InvalidOperationException($"the picture `{picture.Title}` is {picture.Rgb.dtype} "
                    + $"[{string.Join(", ", picture.Rgb.shape)}] with {picture.Legends?.Count ?? images} legends: "
                    + $"it should be Byte [{images}, 3, height, width], with one legend for each image");
        if (pictures.GroupBy(Slug).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException(
                $"two pictures of an arm are called `{twice.First().Title}`: give one another title");
    }

    static string FileName(Picture picture, int row) => $"{Slug(picture)}-{row}.png";

    /// <summary>A picture's title as a part of file names: lower case, with a hyphen for each run of characters that
    /// are neither letters of ASCII nor digits.</summary>
    static string Slug(Picture picture) => Other().Replace(picture.Title.ToLowerInvariant(), "-");

    static string? Css(Color? colour) => colour is { } c ? $"#{c.R:x2}{c.G:x2}{c.B:x2}" : null;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
