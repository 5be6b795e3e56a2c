namespace Rils.ImageFiles;

/// <summary>Finds the folder of the images that COCO's annotations name.</summary>
static class CocoFolder
{
    /// <summary>The folder that the experiment names, or the first usual one that has the first image.</summary>
    /// <param name="path">The path of the annotations.</param>
    /// <param name="images">The images.</param>
    /// <param name="given">The folder that the experiment names; null for none.</param>
    /// <exception cref="InvalidDataException">No folder has the first image.</exception>
    public static string Of(string path, IReadOnlyList<CocoImage> images, string? given)
    {
        if (given is not null)
            return Directory.Exists(given) ? given
                : throw new InvalidDataException($"there is no folder {given}, which images = \"...\" names for "
                + $"{path}");
        string[] usual = [.. Usual(path)];
        return usual.FirstOrDefault(folder => images.Take(1).All(image =>
                File.Exists(Path.Combine(folder, image.FileName ?? ""))))
            ?? throw new InvalidDataException($"the first image of {path}, `{images[0].FileName}`, is in none of "
                + $"{string.Join(", ", usual)}: name the folder of the images, as in images = \"coco/train2017\"");
    }

    static IEnumerable<string> Usual(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var split = Path.GetFileNameWithoutExtension(path).Split('_')[^1];
        foreach (var near in (string[])[folder, Path.GetDirectoryName(folder) ?? folder])
        {
            yield return near;
            yield return Path.Combine(near, split);
            yield return Path.Combine(near, "images");
            yield return Path.Combine(near, "images", split);
        }
    }
}
